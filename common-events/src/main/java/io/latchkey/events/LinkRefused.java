package io.latchkey.events;

import org.jspecify.annotations.Nullable;

/**
 * A request for a link was not accepted: a limit, or a closed sign-up.
 *
 * @param limit which limit was reached: {@code address}, {@code network}
 */
public record LinkRefused(EventContext context, @Nullable String limit) implements SecurityEvent {}
