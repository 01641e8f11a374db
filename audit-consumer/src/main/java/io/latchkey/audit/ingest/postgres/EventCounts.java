package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what a batch adds to each minute, so that a chart of a month reads no events. */
final class EventCounts {
    private static final String ADD =
            """
            INSERT INTO audit.event_count AS c (minute, type, outcome, events)
            SELECT * FROM unnest(?::timestamptz[], ?::text[], ?::text[], ?::bigint[])
            ON CONFLICT (minute, type, outcome) DO UPDATE SET events = c.events + excluded.events
            """;

    private EventCounts() {}

    /** What is counted together; the outcome is empty where an event has none. */
    private record Group(Instant minute, String type, String outcome) {
        static Group of(AuditEvent event) {
            return new Group(
                    event.time().truncatedTo(ChronoUnit.MINUTES),
                    event.type(),
                    text(event.outcome()));
        }

        private static String text(@Nullable Outcome outcome) {
            return Objects.toString(outcome, "");
        }
    }

    static void add(Connection connection, List<AuditEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        var counts =
                events.stream().collect(Collectors.groupingBy(Group::of, Collectors.counting()));
        // In one order for all, so that no two writers can wait for each other.
        var sorted =
                counts.entrySet().stream()
                        .sorted(
                                Comparator.comparing(
                                        Map.Entry::getKey,
                                        Comparator.comparing(Group::minute)
                                                .thenComparing(Group::type)
                                                .thenComparing(Group::outcome)))
                        .toList();
        try (var statement = connection.prepareStatement(ADD)) {
            statement.setArray(
                    1, array(connection, "text", sorted, e -> e.getKey().minute().toString()));
            statement.setArray(2, array(connection, "text", sorted, e -> e.getKey().type()));
            statement.setArray(3, array(connection, "text", sorted, e -> e.getKey().outcome()));
            statement.setArray(4, array(connection, "int8", sorted, Map.Entry::getValue));
            statement.executeUpdate();
        }
    }

    private static java.sql.Array array(
            Connection connection,
            String type,
            List<Map.Entry<Group, Long>> groups,
            Function<Map.Entry<Group, Long>, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, groups.stream().map(value).toArray());
    }
}
