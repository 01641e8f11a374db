package io.latchkey.audit.trail;

import io.latchkey.events.AppId;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import java.net.InetAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as the trail holds it: what it is about, and of its own fields what is no address and no
 * caller's text. Absent means that it does not apply.
 *
 * @param time microseconds, in the years 1 to 9999
 * @param type name of the event, such as {@code LinkConfirmed}
 * @param data the event's own fields as a JSON object, at most {@value #MAX_DATA} characters
 */
public record AuditEvent(
        EventId id,
        Instant time,
        String type,
        @Nullable Outcome outcome,
        @Nullable String reason,
        @Nullable String tenant,
        @Nullable AppId appId,
        @Nullable UserId userId,
        @Nullable Subject subject,
        @Nullable String emailMasked,
        @Nullable LinkId linkId,
        @Nullable SessionId sessionId,
        @Nullable InetAddress ip,
        @Nullable String userAgent,
        @Nullable String requestId,
        String data) {
    /** Leaves room for the rest of the event in a log entry of at most 65 535 bytes. */
    public static final int MAX_DATA = 8192;

    /** Type of the event that stands for a record that could not be read. */
    public static final String RECORD_SET_ASIDE = "RecordSetAside";

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    public AuditEvent {
        if (!isInRange(time)) {
            throw new IllegalArgumentException("time out of range");
        }
        if (data.length() > MAX_DATA) {
            throw new IllegalArgumentException("data too large");
        }
    }

    /** One about no app, person or link, but about the trail itself. */
    public static AuditEvent ofTrail(
            EventId id, Instant time, String type, Outcome outcome, String reason, String data) {
        return new AuditEvent(
                id, time, type, outcome, reason, null, null, null, null, null, null, null, null,
                null, null, data);
    }

    /** Whether RFC 3339 can write the time, and the database keep it. */
    public static boolean isInRange(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }
}
