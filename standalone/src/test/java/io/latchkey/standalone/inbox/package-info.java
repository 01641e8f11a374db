/** Checks the inbox. */
@NullMarked
package io.latchkey.standalone.inbox;

import org.jspecify.annotations.NullMarked;
