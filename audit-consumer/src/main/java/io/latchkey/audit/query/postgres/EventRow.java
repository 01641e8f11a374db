package io.latchkey.audit.query.postgres;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.ClientAddress;
import io.latchkey.audit.trail.RecordedEvent;
import io.latchkey.events.AppId;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of the trail as the event that it is. */
final class EventRow {
    static final String SELECT =
            """
            SELECT sequence, event_id, time, type, outcome, reason, tenant, app_id, user_id,
                   subject, email_masked, link_id, session_id, host(ip) AS ip, user_agent,
                   request_id, data::text AS data
              FROM audit.audit_event
            """;

    private EventRow() {}

    static RecordedEvent read(Readable row) {
        var event =
                new AuditEvent(
                        new EventId(required(row, "event_id", UUID.class)),
                        required(row, "time", Instant.class),
                        required(row, "type", String.class),
                        optional(
                                row,
                                "outcome",
                                String.class,
                                name -> Outcome.valueOf(name.toUpperCase(Locale.ROOT))),
                        row.get("reason", String.class),
                        row.get("tenant", String.class),
                        optional(row, "app_id", UUID.class, AppId::new),
                        optional(row, "user_id", UUID.class, UserId::new),
                        optional(row, "subject", String.class, Subject::new),
                        row.get("email_masked", String.class),
                        optional(row, "link_id", UUID.class, LinkId::new),
                        optional(row, "session_id", UUID.class, SessionId::new),
                        optional(
                                row,
                                "ip",
                                String.class,
                                literal -> ClientAddress.parse(literal).orElseThrow()),
                        row.get("user_agent", String.class),
                        row.get("request_id", String.class),
                        required(row, "data", String.class));
        return new RecordedEvent(required(row, "sequence", Long.class), event);
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        var value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null");
        }
        return value;
    }

    private static <T, R> @Nullable R optional(
            Readable row, String column, Class<T> type, Function<T, R> of) {
        var value = row.get(column, type);
        return value == null ? null : of.apply(value);
    }
}
