package io.latchkey.auth.session;

import io.latchkey.events.AppId;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as its user and its tenant's apps see it, alive or ended.
 *
 * @param ip of whoever confirmed the link
 * @param userAgent likewise
 * @param endedAt absent while it is alive; of one whose time is over, when that was
 */
public record ListedSession(
        SessionId id,
        String tenant,
        UserId userId,
        AppId appId,
        Instant createdAt,
        @Nullable Instant refreshedAt,
        Instant expiresAt,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable Instant endedAt,
        @Nullable EndReason endReason) {}
