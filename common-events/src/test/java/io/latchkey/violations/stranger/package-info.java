/** Breaks one rule, so that the rule is seen to fail: another module is used. */
@NullMarked
package io.latchkey.violations.stranger;

import org.jspecify.annotations.NullMarked;
