/** Breaks one rule, so that the rule is seen to fail: the system's clock is read. */
@NullMarked
package io.latchkey.violations.clock;

import org.jspecify.annotations.NullMarked;
