/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.session;

import org.jspecify.annotations.NullMarked;
