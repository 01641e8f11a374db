/** Asks the trail what rules want to know. */
@NullMarked
package io.latchkey.audit.detection.postgres;

import org.jspecify.annotations.NullMarked;
