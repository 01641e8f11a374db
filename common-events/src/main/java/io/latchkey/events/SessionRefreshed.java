package io.latchkey.events;

import java.time.Instant;

/**
 * A refresh token was replaced by the next.
 *
 * @param generation of the new refresh token
 */
public record SessionRefreshed(EventContext context, Instant expiresAt, int generation)
        implements SecurityEvent {}
