/**
 * What happens in Latchkey, as the services tell each other: one record per event, and the ids and
 * values that the records are made of.
 */
@NullMarked
package io.latchkey.events;

import org.jspecify.annotations.NullMarked;
