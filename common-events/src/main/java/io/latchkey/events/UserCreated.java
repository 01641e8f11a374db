package io.latchkey.events;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * A user came to be, at the first confirmation of the address or by an app.
 *
 * @param changed names of the fields that were set, never their values
 */
public record UserCreated(EventContext context, Set<String> changed) implements SecurityEvent {
    public UserCreated {
        // In one order, so that one event is the same bytes wherever it is written.
        changed = Collections.unmodifiableSortedSet(new TreeSet<>(changed));
    }
}
