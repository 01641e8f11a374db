package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.ingest.PartitionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where to read on, on the connection of the appender. */
final class KafkaOffsets {
    private static final String NEXT =
            "SELECT partition, next_offset FROM audit.kafka_offset WHERE topic_id = ?";

    private static final String MOVE =
            """
            INSERT INTO audit.kafka_offset (topic_id, partition, topic, next_offset)
            SELECT * FROM unnest(?::uuid[], ?::int[], ?::text[], ?::bigint[])
            ON CONFLICT (topic_id, partition) DO UPDATE SET next_offset = excluded.next_offset
            """;

    private KafkaOffsets() {}

    /** By partition; nothing for those never read from. */
    static Map<Integer, Long> next(Connection connection, UUID topicId) throws SQLException {
        try (var statement = connection.prepareStatement(NEXT)) {
            statement.setObject(1, topicId);
            var offsets = new HashMap<Integer, Long>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getInt(1), rows.getLong(2));
                }
            }
            return offsets;
        }
    }

    static void move(Connection connection, Map<PartitionId, Long> next) throws SQLException {
        var columns = new Columns(connection, List.copyOf(next.keySet()));
        try (var statement = connection.prepareStatement(MOVE)) {
            statement.setArray(1, columns.of("uuid", PartitionId::topicId));
            statement.setArray(2, columns.of("int4", PartitionId::partition));
            statement.setArray(3, columns.of("text", PartitionId::topic));
            statement.setArray(4, columns.of("int8", next::get));
            statement.executeUpdate();
        }
    }

    private record Columns(Connection connection, List<PartitionId> partitions) {
        java.sql.Array of(String type, Function<PartitionId, @Nullable Object> value)
                throws SQLException {
            return connection.createArrayOf(type, partitions.stream().map(value).toArray());
        }
    }
}
