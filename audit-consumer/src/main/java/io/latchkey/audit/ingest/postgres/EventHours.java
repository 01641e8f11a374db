package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.trail.AuditEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** Notes in which part of the trail the events of each hour are. */
final class EventHours {
    /** As the statements that read it have it, too. */
    private static final long BLOCK = 16_384;

    private static final String NOTE =
            """
            INSERT INTO audit.event_hour (hour, block)
            SELECT * FROM unnest(?::timestamptz[], ?::bigint[]) ORDER BY 1, 2
            ON CONFLICT DO NOTHING
            """;

    private EventHours() {}

    private record Place(Instant hour, long block) {}

    /**
     * Each event at its place.
     *
     * @param first number of the first
     */
    static void note(Connection connection, List<AuditEvent> events, long first)
            throws SQLException {
        var places =
                IntStream.range(0, events.size())
                        .mapToObj(
                                i ->
                                        new Place(
                                                events.get(i).time().truncatedTo(ChronoUnit.HOURS),
                                                (first + i) / BLOCK))
                        .distinct()
                        .toList();
        try (var statement = connection.prepareStatement(NOTE)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            places.stream().map(place -> place.hour().toString()).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf("int8", places.stream().map(Place::block).toArray()));
            statement.executeUpdate();
        }
    }
}
