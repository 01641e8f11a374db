/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.link.postgres;

import org.jspecify.annotations.NullMarked;
