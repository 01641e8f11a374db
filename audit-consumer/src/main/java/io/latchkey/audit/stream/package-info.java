/** The trail as it grows: events as they are recorded. */
@NullMarked
package io.latchkey.audit.stream;

import org.jspecify.annotations.NullMarked;
