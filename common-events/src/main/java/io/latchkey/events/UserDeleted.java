package io.latchkey.events;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A user was deleted and the address erased.
 *
 * @param changed names of the fields that were erased
 */
public record UserDeleted(EventContext context, Set<String> changed) implements SecurityEvent {
    public UserDeleted {
        // In one order, so that one event is the same bytes wherever it is written.
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
    }
}
