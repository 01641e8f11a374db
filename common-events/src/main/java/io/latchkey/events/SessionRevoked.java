package io.latchkey.events;

import java.time.Instant;

/**
 * A session ended.
 *
 * @param generation of its last refresh token
 */
public record SessionRevoked(
        EventContext context, Instant expiresAt, int generation, EndReason endReason)
        implements SecurityEvent {}
