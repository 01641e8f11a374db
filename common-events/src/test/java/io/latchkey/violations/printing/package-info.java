/** Breaks one rule, so that the rule is seen to fail: something is printed. */
@NullMarked
package io.latchkey.violations.printing;

import org.jspecify.annotations.NullMarked;
