package io.latchkey.events;

import java.util.Set;

/**
 * A user changed.
 *
 * @param changed names of the fields that changed, never their values
 */
public record UserUpdated(EventContext context, Set<String> changed) implements SecurityEvent {}
