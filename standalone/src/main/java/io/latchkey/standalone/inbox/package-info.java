/** Keeps the mails of the embedded relay in memory, for people and tests to read. */
@NullMarked
package io.latchkey.standalone.inbox;

import org.jspecify.annotations.NullMarked;
