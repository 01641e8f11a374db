/** What this process itself has to say, as events like all others. */
@NullMarked
package io.latchkey.audit.publish;

import org.jspecify.annotations.NullMarked;
