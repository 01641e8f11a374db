/** Breaks one rule, so that the rule is seen to fail: a field is injected. */
@NullMarked
package io.latchkey.violations.injection;

import org.jspecify.annotations.NullMarked;
