package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.trail.AuditEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Notes between which numbers the events of each hour lie. */
final class EventHours {
    private static final String WIDEN =
            """
            INSERT INTO audit.event_hour AS h (hour, first, last)
            SELECT * FROM unnest(?::timestamptz[], ?::bigint[], ?::bigint[])
            ON CONFLICT (hour) DO UPDATE
               SET first = least(h.first, excluded.first), last = greatest(h.last, excluded.last)
            """;

    private EventHours() {}

    private record Numbers(long first, long last) {
        Numbers with(Numbers others) {
            return new Numbers(Math.min(first, others.first), Math.max(last, others.last));
        }
    }

    /**
     * Each event at its place.
     *
     * @param from number of the first
     */
    static void widen(Connection connection, List<AuditEvent> events, long from)
            throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        var hours = new TreeMap<Instant, Numbers>();
        for (int i = 0; i < events.size(); i++) {
            var hour = events.get(i).time().truncatedTo(ChronoUnit.HOURS);
            hours.merge(hour, new Numbers(from + i, from + i), Numbers::with);
        }
        try (var statement = connection.prepareStatement(WIDEN)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text", hours.keySet().stream().map(Instant::toString).toArray()));
            statement.setArray(2, numbers(connection, hours, Numbers::first));
            statement.setArray(3, numbers(connection, hours, Numbers::last));
            statement.executeUpdate();
        }
    }

    private static java.sql.Array numbers(
            Connection connection,
            SortedMap<Instant, Numbers> hours,
            Function<Numbers, Long> number)
            throws SQLException {
        return connection.createArrayOf("int8", hours.values().stream().map(number).toArray());
    }
}
