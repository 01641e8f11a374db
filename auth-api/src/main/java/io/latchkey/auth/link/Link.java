package io.latchkey.auth.link;

import io.latchkey.events.AppId;
import io.latchkey.events.EventContext;
import io.latchkey.events.LinkId;
import io.latchkey.events.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link as it stood when it was read, by the database's clock.
 *
 * @param codeChallenge S256; whoever redeems the link must know its verifier
 * @param askedBy digest of the cookie of the browser that asked on a page of ours
 * @param expired by the database's clock, which alone decides
 * @param confirmedBy digest of the browser that confirmed it
 * @param justConfirmed confirmed less than ten seconds ago: a second press of the same browser
 *     repeats the answer
 */
public record Link(
        LinkId id,
        AppId appId,
        String tenant,
        Subject subject,
        String emailMasked,
        String kid,
        String redirectUri,
        @Nullable String state,
        @Nullable String codeChallenge,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String askedBy,
        boolean suppressed,
        boolean expired,
        boolean justConfirmed,
        Instant createdAt,
        Instant expiresAt,
        MailState mail,
        @Nullable Instant confirmedAt,
        @Nullable String confirmedBy,
        @Nullable Instant exchangedAt,
        @Nullable Instant revokedAt) {

    /**
     * What became of its mail.
     *
     * @param status {@code queued}, {@code retrying}, {@code sent}, {@code abandoned}, {@code
     *     bounced}, {@code suppressed}
     * @param lastError the relay's words, without addresses
     */
    public record MailState(
            String status,
            int attempts,
            @Nullable String lastError,
            @Nullable Instant sentAt,
            boolean failed) {}

    public LinkStatus status() {
        if (exchangedAt != null) {
            return LinkStatus.EXCHANGED;
        }
        if (revokedAt != null) {
            return LinkStatus.REVOKED;
        }
        if (confirmedAt != null) {
            return LinkStatus.CONFIRMED;
        }
        if (suppressed) {
            return LinkStatus.SUPPRESSED;
        }
        if (expired) {
            return LinkStatus.EXPIRED;
        }
        if (mail.failed()) {
            return LinkStatus.FAILED;
        }
        return mail.sentAt() == null ? LinkStatus.ACCEPTED : LinkStatus.MAILED;
    }

    /** Whether pressing its button could still do something. */
    public boolean alive() {
        return revokedAt == null && confirmedAt == null && !expired && !suppressed;
    }

    /** Whether the browser is the one that asked; absent where nobody can tell. */
    public @Nullable Boolean askedFrom(Visitor visitor) {
        if (askedBy != null) {
            return askedBy.equals(visitor.browser());
        }
        return userAgent == null ? null : userAgent.equals(visitor.userAgent());
    }

    /** What events say about it. */
    public EventContext context(Visitor visitor) {
        return EventContext.of(tenant, appId, visitor.requestId())
                .withAddress(subject, emailMasked)
                .withLink(id)
                .withClient(visitor.ip(), visitor.userAgent());
    }
}
