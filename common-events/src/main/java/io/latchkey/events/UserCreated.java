package io.latchkey.events;

import java.util.Set;

/**
 * A user came to be, at the first confirmation of the address or by an app.
 *
 * @param changed names of the fields that were set, never their values
 */
public record UserCreated(EventContext context, Set<String> changed) implements SecurityEvent {}
