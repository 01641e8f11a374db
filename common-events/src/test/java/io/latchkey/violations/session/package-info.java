/** Breaks one rule, so that the rule is seen to fail: a feature uses another's edge. */
@NullMarked
package io.latchkey.violations.session;

import org.jspecify.annotations.NullMarked;
