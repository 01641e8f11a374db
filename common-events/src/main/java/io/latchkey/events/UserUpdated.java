package io.latchkey.events;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A user changed.
 *
 * @param changed names of the fields that changed, never their values
 */
public record UserUpdated(EventContext context, Set<String> changed) implements SecurityEvent {
    public UserUpdated {
        // In one order, so that one event is the same bytes wherever it is written.
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
    }
}
