/**
 * Breaks one rule, so that the rule is seen to fail: letters change case in the locale of the
 * machine.
 */
@NullMarked
package io.latchkey.violations.letters;

import org.jspecify.annotations.NullMarked;
