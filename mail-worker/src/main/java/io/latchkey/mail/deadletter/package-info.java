/** Orders that were given up, kept so that an operator can have them tried again. */
@NullMarked
package io.latchkey.mail.deadletter;

import org.jspecify.annotations.NullMarked;
