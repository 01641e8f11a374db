/** Keeps the provable trail of every security event. */
@NullMarked
package io.latchkey.audit;

import org.jspecify.annotations.NullMarked;
