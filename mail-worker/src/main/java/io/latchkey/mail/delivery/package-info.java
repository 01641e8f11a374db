/** Takes an order for a mail to its end: mailed, tried again, held, given up or set aside. */
@NullMarked
package io.latchkey.mail.delivery;

import org.jspecify.annotations.NullMarked;
