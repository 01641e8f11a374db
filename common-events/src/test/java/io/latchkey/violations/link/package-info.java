/** Breaks one rule, so that the rule is seen to fail: a feature uses its own edge. */
@NullMarked
package io.latchkey.violations.link;

import org.jspecify.annotations.NullMarked;
