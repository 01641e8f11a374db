/** Every error that a caller sees, and the only place that renders them. */
@NullMarked
package io.latchkey.auth.problem;

import org.jspecify.annotations.NullMarked;
