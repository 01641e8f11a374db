package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Writes any number of events with one statement, whose text is always the same. */
final class EventRows {
    private static final String INSERT =
            """
            INSERT INTO audit.audit_event
                (sequence, event_id, time, type, outcome, reason, tenant, app_id, user_id, subject,
                 email_masked, link_id, session_id, ip, user_agent, request_id, data)
            SELECT * FROM unnest(?::bigint[], ?::uuid[], ?::timestamptz[], ?::text[], ?::text[],
                ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::uuid[],
                ?::uuid[], ?::inet[], ?::text[], ?::text[], ?::jsonb[])
            """;

    private EventRows() {}

    /** Numbers the events from {@code firstSequence} on, in their order. */
    static void insert(Connection connection, long firstSequence, List<AuditEvent> events)
            throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(INSERT)) {
            var columns = new Columns(connection, events);
            var sequences =
                    LongStream.range(firstSequence, firstSequence + events.size())
                            .boxed()
                            .toArray();
            var arrays =
                    List.of(
                            connection.createArrayOf("int8", sequences),
                            columns.ids(event -> event.id().value()),
                            columns.texts(event -> event.time().toString()),
                            columns.texts(AuditEvent::type),
                            columns.texts(AuditEvent::outcome),
                            columns.texts(AuditEvent::reason),
                            columns.texts(AuditEvent::tenant),
                            columns.ids(event -> value(event.appId(), AppId::value)),
                            columns.ids(event -> value(event.userId(), UserId::value)),
                            columns.texts(AuditEvent::subject),
                            columns.texts(AuditEvent::emailMasked),
                            columns.ids(event -> value(event.linkId(), LinkId::value)),
                            columns.ids(event -> value(event.sessionId(), SessionId::value)),
                            columns.texts(event -> value(event.ip(), InetAddress::getHostAddress)),
                            columns.texts(AuditEvent::userAgent),
                            columns.texts(AuditEvent::requestId),
                            columns.texts(AuditEvent::data));
            for (int i = 0; i < arrays.size(); i++) {
                statement.setArray(i + 1, arrays.get(i));
            }
            statement.executeUpdate();
        }
    }

    private static <T, R> @Nullable R value(@Nullable T present, Function<T, R> of) {
        return present == null ? null : of.apply(present);
    }

    /** One array a column. */
    private record Columns(Connection connection, List<AuditEvent> events) {
        java.sql.Array ids(Function<AuditEvent, @Nullable UUID> value) throws SQLException {
            return connection.createArrayOf("uuid", events.stream().map(value).toArray());
        }

        java.sql.Array texts(Function<AuditEvent, ? extends @Nullable Object> value)
                throws SQLException {
            return connection.createArrayOf(
                    "text",
                    events.stream()
                            .map(value)
                            .map(each -> each == null ? null : each.toString())
                            .toArray());
        }
    }
}
