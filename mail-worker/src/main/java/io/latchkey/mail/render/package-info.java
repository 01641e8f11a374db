/** Makes the mail out of an order. */
@NullMarked
package io.latchkey.mail.render;

import org.jspecify.annotations.NullMarked;
