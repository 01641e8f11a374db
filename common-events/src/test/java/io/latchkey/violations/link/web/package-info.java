/** Breaks one rule, so that the rule is seen to fail: an edge that is used from elsewhere. */
@NullMarked
package io.latchkey.violations.link.web;

import org.jspecify.annotations.NullMarked;
