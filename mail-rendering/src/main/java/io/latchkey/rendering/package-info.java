/** Makes the mail out of an order. */
@NullMarked
package io.latchkey.rendering;

import org.jspecify.annotations.NullMarked;
