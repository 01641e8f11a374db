package io.latchkey.audit.ingest.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes the partitions of the trail before they are needed. They are attached, not created as such:
 * that would keep queries waiting.
 */
final class TrailPartitions {
    /** A multiple of a tile's width, so that no tile's leaves lie in two. */
    static final long EVENTS = 1 << 20;

    private static final String EXISTS = "SELECT to_regclass(?) IS NOT NULL";

    /** The first of those that are not known to be there. */
    private long next;

    /** So that all events before that number, and some after, have their place. */
    void ensure(Connection connection, long size) throws SQLException {
        for (long number = next; number <= last(size); number++) {
            ensureOne(connection, number);
        }
    }

    /** What was ensured is committed. */
    void areThere(long size) {
        next = last(size) + 1;
    }

    /** From which event on: what is before has its partitions, or is dropped already. */
    void startAt(long size) {
        next = size / EVENTS;
    }

    private static long last(long size) {
        return (size + EVENTS / 2) / EVENTS;
    }

    private static void ensureOne(Connection connection, long number) throws SQLException {
        var name = "audit.audit_event_" + number;
        try (var statement = connection.prepareStatement(EXISTS)) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    return;
                }
            }
        }
        try (var statement = connection.createStatement()) {
            var from = number * EVENTS;
            var to = from + EVENTS;
            statement.execute(
                    "CREATE TABLE "
                            + name
                            + " (LIKE audit.audit_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
            statement.execute(
                    "ALTER TABLE audit.audit_event ATTACH PARTITION "
                            + name
                            + " FOR VALUES FROM ("
                            + from
                            + ") TO ("
                            + to
                            + ")");
        }
    }
}
