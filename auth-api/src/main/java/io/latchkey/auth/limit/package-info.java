/** How often something may be asked for. */
@NullMarked
package io.latchkey.auth.limit;

import org.jspecify.annotations.NullMarked;
