package io.latchkey.auth.suppression;

import io.latchkey.events.LinkId;
import io.latchkey.events.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address that is not mailed for a time.
 *
 * @param status of RFC 3463, where the bounce had one
 * @param linkId whose mail bounced
 */
public record Suppression(
        SuppressionId id,
        Subject subject,
        String emailMasked,
        SuppressionReason reason,
        @Nullable String status,
        LinkId linkId,
        Instant createdAt,
        Instant expiresAt) {}
