/** What the trail holds: the event as it is recorded, read and proved. */
@NullMarked
package io.latchkey.audit.trail;

import org.jspecify.annotations.NullMarked;
