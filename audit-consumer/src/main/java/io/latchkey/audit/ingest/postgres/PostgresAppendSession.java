package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditBatch;
import io.latchkey.audit.ingest.RefusedBatchException;
import io.latchkey.audit.ingest.SignedCheckpoint;
import io.latchkey.audit.ingest.StoreUnavailableException;
import io.latchkey.audit.tlog.MerkleTree;
import io.latchkey.audit.tlog.MissingHashException;
import io.latchkey.audit.tlog.TiledHashes;
import io.latchkey.audit.tlog.TreeEdge;
import io.latchkey.audit.tlog.TreeHash;
import io.latchkey.audit.tlog.TreeHead;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.RecordedEvent;
import io.latchkey.events.EventId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    static final Duration SILENCE = Duration.ofSeconds(20);

    private static final String STATE = "SELECT size, revision FROM audit.log_state";

    private static final String KNOWN =
            "SELECT event_id FROM audit.event_place WHERE event_id = ANY (?)";

    private static final String FENCE =
            """
            UPDATE audit.log_state
               SET size = size + ?, revision = revision + 1
             WHERE size = ? AND revision = ?
            """;

    private static final Logger log = LoggerFactory.getLogger(PostgresAppendSession.class);

    private final Connection connection;
    private final TrailPartitions partitions = new TrailPartitions();
    private TreeEdge edge;
    private long size;
    private long revision;

    private PostgresAppendSession(Connection connection, long size, long revision, TreeEdge edge) {
        this.connection = connection;
        this.size = size;
        this.revision = revision;
        this.edge = edge;
        partitions.startAt(size);
    }

    /** Takes over a connection that holds the lock. */
    static PostgresAppendSession begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(STATE)) {
            if (!row.next()) {
                throw new StoreUnavailableException("audit.log_state has no row", null);
            }
            var size = row.getLong(1);
            var tiles = LogTiles.read(connection, TreeEdge.tiles(size));
            var session =
                    new PostgresAppendSession(
                            connection, size, row.getLong(2), TreeEdge.of(size, tiles));
            connection.commit();
            return session;
        } catch (MissingHashException e) {
            throw new StoreUnavailableException("the log's right edge is not whole", e);
        }
    }

    @Override
    public Map<Integer, Long> nextOffsets(UUID topicId) {
        return transaction(() -> KafkaOffsets.next(connection, topicId));
    }

    @Override
    public int append(AuditBatch batch) {
        try {
            partitions.ensure(connection, size + batch.events().size());
            var fresh = withoutKnown(batch.events());
            var recorded = recorded(fresh);
            var grown = edge.copy();
            moveFence(fresh.size());
            EventRows.insert(connection, fresh, recorded);
            LogTiles.write(connection, grown.append(hashes(recorded)));
            LinkAccounts.enter(connection, fresh);
            EventCounts.add(connection, fresh);
            EventHours.note(connection, fresh, size);
            KafkaOffsets.move(connection, batch.nextOffsets());
            connection.commit();
            partitions.areThere(size + batch.events().size());
            edge = grown;
            size += fresh.size();
            revision++;
            return fresh.size();
        } catch (IllegalArgumentException e) {
            rollback(e);
            throw new RefusedBatchException(e);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private List<RecordedEvent> recorded(List<AuditEvent> events) {
        var recorded = new ArrayList<RecordedEvent>(events.size());
        for (var event : events) {
            recorded.add(RecordedEvent.of(size + recorded.size(), event));
        }
        return recorded;
    }

    private static List<TreeHash> hashes(List<RecordedEvent> recorded) {
        return recorded.stream().map(RecordedEvent::leaf).map(TreeHash::ofLeaf).toList();
    }

    @Override
    public TreeHead head() {
        return edge.head();
    }

    @Override
    public TreeHead headAt(long earlier) {
        var needed = TiledHashes.neededBy(earlier, MerkleTree::root);
        var tiles = transaction(() -> LogTiles.read(connection, needed));
        return new TreeHead(earlier, new MerkleTree(earlier, new TiledHashes(tiles)).root());
    }

    @Override
    public Optional<SignedCheckpoint> lastCheckpoint() {
        return transaction(() -> SignedCheckpoints.last(connection));
    }

    @Override
    public List<SignedCheckpoint> unpublished() {
        return transaction(() -> SignedCheckpoints.unpublished(connection));
    }

    @Override
    public void keep(SignedCheckpoint checkpoint) {
        transaction(
                () -> {
                    moveFence(0);
                    SignedCheckpoints.insert(connection, checkpoint);
                    return checkpoint;
                });
        revision++;
    }

    @Override
    public void setPublished(SignedCheckpoint checkpoint) {
        transaction(
                () -> {
                    SignedCheckpoints.setPublished(connection, checkpoint);
                    return checkpoint;
                });
    }

    private interface Work<T> {
        T done() throws SQLException;
    }

    private <T> T transaction(Work<T> work) {
        try {
            var result = work.done();
            connection.commit();
            return result;
        } catch (SQLException e) {
            throw new StoreUnavailableException("database away", e);
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

    private RuntimeException failed(SQLException failure) {
        rollback(failure);
        return isAboutTheData(failure)
                ? new RefusedBatchException(failure)
                : new StoreUnavailableException("cannot append", failure);
    }

    private void rollback(Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
            throw new StoreUnavailableException("database away", failure);
        }
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
