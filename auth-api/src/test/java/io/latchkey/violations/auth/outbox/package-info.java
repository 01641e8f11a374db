/** Planted for the architecture test. */
@NullMarked
package io.latchkey.violations.auth.outbox;

import org.jspecify.annotations.NullMarked;
