/** How errors look to callers: one list of codes, one place that renders them. */
@NullMarked
package io.latchkey.audit.problem;

import org.jspecify.annotations.NullMarked;
