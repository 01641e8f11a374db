package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditBatch;
import io.latchkey.audit.ingest.PartitionId;
import io.latchkey.audit.ingest.RefusedBatchException;
import io.latchkey.audit.ingest.StoreUnavailableException;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.EventId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends on one connection, one transaction a batch. The advisory lock keeps rivals away; the
 * compare-and-set of {@code log_state.revision} makes it certain, also where a connection pooler
 * between us and the server shares sessions.
 */
final class PostgresAppendSession implements AppendSession {
    /** A statement that got no answer for so long has lost its server. */
    static final int SILENCE_MILLIS = 20_000;

    private static final String STATE = "SELECT size, revision FROM audit.log_state";

    private static final String OFFSETS =
            "SELECT partition, next_offset FROM audit.kafka_offset WHERE topic_id = ?";

    private static final String KNOWN =
            "SELECT event_id FROM audit.audit_event WHERE event_id = ANY (?)";

    private static final String FENCE =
            """
            UPDATE audit.log_state
               SET size = size + ?, revision = revision + 1
             WHERE size = ? AND revision = ?
            """;

    private static final String MOVE_OFFSETS =
            """
            INSERT INTO audit.kafka_offset (topic_id, partition, topic, next_offset)
            SELECT * FROM unnest(?::uuid[], ?::int[], ?::text[], ?::bigint[])
            ON CONFLICT (topic_id, partition) DO UPDATE SET next_offset = excluded.next_offset
            """;

    private static final Logger log = LoggerFactory.getLogger(PostgresAppendSession.class);

    private final Connection connection;
    private long size;
    private long revision;

    private PostgresAppendSession(Connection connection, long size, long revision) {
        this.connection = connection;
        this.size = size;
        this.revision = revision;
    }

    /** Takes over a connection that holds the lock. */
    static PostgresAppendSession begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(STATE)) {
            if (!row.next()) {
                throw new StoreUnavailableException("audit.log_state has no row", null);
            }
            var session = new PostgresAppendSession(connection, row.getLong(1), row.getLong(2));
            connection.commit();
            return session;
        }
    }

    @Override
    public Map<Integer, Long> nextOffsets(UUID topicId) {
        try (var statement = connection.prepareStatement(OFFSETS)) {
            statement.setObject(1, topicId);
            var offsets = new HashMap<Integer, Long>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    offsets.put(rows.getInt(1), rows.getLong(2));
                }
            }
            connection.commit();
            return offsets;
        } catch (SQLException e) {
            throw new StoreUnavailableException("cannot read the offsets", e);
        }
    }

    @Override
    public int append(AuditBatch batch) {
        try {
            var fresh = withoutKnown(batch.events());
            moveFence(fresh.size());
            EventRows.insert(connection, size, fresh);
            moveOffsets(batch.nextOffsets());
            connection.commit();
            size += fresh.size();
            revision++;
            return fresh.size();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first of each id that the trail has not, before any gets a sequence number. */
    private List<AuditEvent> withoutKnown(List<AuditEvent> events) throws SQLException {
        var fresh = new LinkedHashMap<EventId, AuditEvent>();
        events.forEach(event -> fresh.putIfAbsent(event.id(), event));
        known(fresh.keySet()).forEach(fresh::remove);
        return List.copyOf(fresh.values());
    }

    private Set<EventId> known(Collection<EventId> ids) throws SQLException {
        if (ids.isEmpty()) {
            return Set.of();
        }
        try (var statement = connection.prepareStatement(KNOWN)) {
            statement.setArray(
                    1,
                    connection.createArrayOf("uuid", ids.stream().map(EventId::value).toArray()));
            var known = new HashSet<EventId>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.add(new EventId(rows.getObject(1, UUID.class)));
                }
            }
            return known;
        }
    }

    private void moveFence(int added) throws SQLException {
        try (var statement = connection.prepareStatement(FENCE)) {
            statement.setLong(1, added);
            statement.setLong(2, size);
            statement.setLong(3, revision);
            if (statement.executeUpdate() != 1) {
                connection.rollback();
                throw new StoreUnavailableException("another process appended meanwhile", null);
            }
        }
    }

    private void moveOffsets(Map<PartitionId, Long> next) throws SQLException {
        var partitions = List.copyOf(next.keySet());
        try (var statement = connection.prepareStatement(MOVE_OFFSETS)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", partitions.stream().map(PartitionId::topicId).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int4", partitions.stream().map(PartitionId::partition).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text", partitions.stream().map(PartitionId::topic).toArray()));
            statement.setArray(
                    4,
                    connection.createArrayOf("int8", partitions.stream().map(next::get).toArray()));
            statement.executeUpdate();
        }
    }

    private RuntimeException failed(SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
            return new StoreUnavailableException("database away", failure);
        }
        return isAboutTheData(failure)
                ? new RefusedBatchException(failure)
                : new StoreUnavailableException("cannot append", failure);
    }

    /**
     * Whether the values are at fault: data exceptions, a null, a failed check, a value too large
     * for an index. All else is the database's state, and another try may succeed; a duplicate
     * sequence, too, as it means that {@code log_state} is wrong, not the event.
     */
    private static boolean isAboutTheData(SQLException failure) {
        var state = String.valueOf(failure.getSQLState());
        return state.startsWith("22")
                || state.startsWith("54")
                || state.equals("23502")
                || state.equals("23514");
    }

    @Override
    public void keepAlive() {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            connection.commit();
        } catch (SQLException e) {
            throw new StoreUnavailableException("database away", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("connection of the appender was gone already");
        }
    }
}
