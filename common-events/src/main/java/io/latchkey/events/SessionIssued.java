package io.latchkey.events;

import java.time.Instant;

/**
 * A session began. At most one per link with its app, and one with our own pages.
 *
 * @param generation of its first refresh token: 1
 */
public record SessionIssued(EventContext context, Instant expiresAt, int generation)
        implements SecurityEvent {}
