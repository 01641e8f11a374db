package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.RecordedEvent;
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
import org.jspecify.annotations.Nullable;

/** Writes any number of events with two statements, whose text is always the same. */
final class EventRows {
    private static final String INSERT =
            """
            INSERT INTO audit.audit_event
                (sequence, time, type, outcome, tenant, app_id, user_id, subject, link_id,
                 session_id, ip, leaf)
            SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
                ?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::inet[], ?::bytea[])
            """;

    private static final String PLACES =
            """
            INSERT INTO audit.event_place (event_id, sequence)
            SELECT * FROM unnest(?::uuid[], ?::bigint[])
            """;

    private EventRows() {}

    /**
     * Each event at its place.
     *
     * @param recorded the same events, in the same order
     */
    static void insert(Connection connection, List<AuditEvent> events, List<RecordedEvent> recorded)
            throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        var columns = new Columns(connection, events);
        var sequences =
                connection.createArrayOf(
                        "int8", recorded.stream().map(RecordedEvent::sequence).toArray());
        var leaves =
                connection.createArrayOf(
                        "bytea", recorded.stream().map(RecordedEvent::leaf).toArray(byte[][]::new));
        execute(
                connection,
                INSERT,
                List.of(
                        sequences,
                        columns.texts(event -> event.time().toString()),
                        columns.texts(AuditEvent::type),
                        columns.texts(AuditEvent::outcome),
                        columns.texts(AuditEvent::tenant),
                        columns.ids(event -> value(event.appId(), AppId::value)),
                        columns.ids(event -> value(event.userId(), UserId::value)),
                        columns.texts(AuditEvent::subject),
                        columns.ids(event -> value(event.linkId(), LinkId::value)),
                        columns.ids(event -> value(event.sessionId(), SessionId::value)),
                        columns.texts(event -> value(event.ip(), InetAddress::getHostAddress)),
                        leaves));
        execute(connection, PLACES, List.of(columns.ids(event -> event.id().value()), sequences));
    }

    private static void execute(Connection connection, String sql, List<java.sql.Array> arrays)
            throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
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
