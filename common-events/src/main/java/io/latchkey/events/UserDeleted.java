package io.latchkey.events;

import java.util.Set;

/**
 * A user was deleted and the address erased.
 *
 * @param changed names of the fields that were erased
 */
public record UserDeleted(EventContext context, Set<String> changed) implements SecurityEvent {}
