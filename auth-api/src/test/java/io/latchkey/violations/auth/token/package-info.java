/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.token;

import org.jspecify.annotations.NullMarked;
