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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table like the trail's, with its indexes and partitions, and nothing around it. */
final class BareTable {
    private static final String INSERT =
            """
            INSERT INTO audit.bare_event
            SELECT * FROM unnest(?::bigint[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
                ?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::inet[], ?::bytea[])
            """;

    private final Connection connection;
    private long partitions;

    BareTable(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        execute(
                "CREATE TABLE audit.bare_event (LIKE audit.audit_event INCLUDING ALL)"
                        + " PARTITION BY RANGE (sequence)");
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
        connection.commit();
    }

    /** Until then there are partitions. */
    void ensure(long size) throws SQLException {
        for (; partitions * TrailPartitions.EVENTS < size; partitions++) {
            execute(
                    "CREATE TABLE audit.bare_event_%d PARTITION OF audit.bare_event FOR VALUES FROM (%d) TO (%d)"
                            .formatted(
                                    partitions,
                                    partitions * TrailPartitions.EVENTS,
                                    (partitions + 1) * TrailPartitions.EVENTS));
        }
    }

    /** All in one statement and transaction. */
    void insert(List<AuditEvent> events, List<RecordedEvent> recorded) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, array("int8", recorded, RecordedEvent::sequence));
            statement.setArray(2, array("text", events, each -> each.time().toString()));
            statement.setArray(3, array("text", events, AuditEvent::type));
            statement.setArray(4, array("text", events, each -> text(each.outcome())));
            statement.setArray(5, array("text", events, AuditEvent::tenant));
            statement.setArray(6, array("uuid", events, each -> of(each.appId(), AppId::value)));
            statement.setArray(7, array("uuid", events, each -> of(each.userId(), UserId::value)));
            statement.setArray(8, array("text", events, each -> text(each.subject())));
            statement.setArray(9, array("uuid", events, each -> of(each.linkId(), LinkId::value)));
            statement.setArray(
                    10, array("uuid", events, each -> of(each.sessionId(), SessionId::value)));
            statement.setArray(
                    11, array("text", events, each -> of(each.ip(), InetAddress::getHostAddress)));
            statement.setArray(
                    12,
                    connection.createArrayOf(
                            "bytea",
                            recorded.stream().map(RecordedEvent::leaf).toArray(byte[][]::new)));
            statement.executeUpdate();
        }
        connection.commit();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static <T, R> @Nullable R of(@Nullable T present, Function<T, R> value) {
        return present == null ? null : value.apply(present);
    }

    private <T> java.sql.Array array(String type, List<T> rows, Function<T, @Nullable Object> value)
            throws SQLException {
        return connection.createArrayOf(type, rows.stream().map(value).toArray());
    }
}
