/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.link;

import org.jspecify.annotations.NullMarked;
