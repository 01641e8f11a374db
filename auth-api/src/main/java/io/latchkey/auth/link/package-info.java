/** Magic links: from their request to their end. */
@NullMarked
package io.latchkey.auth.link;

import org.jspecify.annotations.NullMarked;
