/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.platform;

import org.jspecify.annotations.NullMarked;
