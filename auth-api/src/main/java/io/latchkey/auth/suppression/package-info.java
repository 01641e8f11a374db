/** Addresses that are not mailed for a time, and why. */
@NullMarked
package io.latchkey.auth.suppression;

import org.jspecify.annotations.NullMarked;
