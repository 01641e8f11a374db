/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.problem;

import org.jspecify.annotations.NullMarked;
