package io.latchkey.events;

import java.time.Instant;

/**
 * A refresh token was used again after its ten seconds: somebody else may have it. The session ends
 * with it.
 *
 * @param generation of the token that was used again
 */
public record RefreshReuseDetected(
        EventContext context, Instant expiresAt, int generation, EndReason endReason)
        implements SecurityEvent {}
