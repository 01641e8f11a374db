/** Who reads the trail is in the trail. */
@NullMarked
package io.latchkey.audit.reading;

import org.jspecify.annotations.NullMarked;
