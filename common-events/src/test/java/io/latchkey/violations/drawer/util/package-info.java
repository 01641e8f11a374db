/** Breaks one rule, so that the rule is seen to fail: a package is named for a kind of class. */
@NullMarked
package io.latchkey.violations.drawer.util;

import org.jspecify.annotations.NullMarked;
