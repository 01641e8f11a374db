/** Breaks one rule, so that the rule is seen to fail: two packages need each other. */
@NullMarked
package io.latchkey.violations.circle.one;

import org.jspecify.annotations.NullMarked;
