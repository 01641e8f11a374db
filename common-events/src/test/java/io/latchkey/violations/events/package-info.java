/** Breaks rules of common-events, so that they are seen to fail. */
@NullMarked
package io.latchkey.violations.events;

import org.jspecify.annotations.NullMarked;
