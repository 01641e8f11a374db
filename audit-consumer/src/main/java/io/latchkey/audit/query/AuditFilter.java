package io.latchkey.audit.query;

import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted: those that match all that is given.
 *
 * @param tenant the reader's own, where the reader sees no other
 * @param from not before this
 * @param to before this
 * @param type name of the event
 */
public record AuditFilter(
        @Nullable String tenant,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String type,
        @Nullable Outcome outcome,
        @Nullable AppId appId,
        @Nullable Subject subject,
        @Nullable UserId userId,
        @Nullable LinkId linkId,
        @Nullable SessionId sessionId,
        @Nullable InetAddress ip) {
    /** Everything about one link that a reader of this tenant may see; of all without one. */
    public static AuditFilter ofLink(@Nullable String tenant, LinkId linkId) {
        return new AuditFilter(
                tenant, null, null, null, null, null, null, null, linkId, null, null);
    }

    /** Everything. */
    public static AuditFilter all() {
        return new AuditFilter(null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same, of events with this name only. */
    public AuditFilter ofType(String name) {
        return new AuditFilter(
                tenant, from, to, name, outcome, appId, subject, userId, linkId, sessionId, ip);
    }
}
