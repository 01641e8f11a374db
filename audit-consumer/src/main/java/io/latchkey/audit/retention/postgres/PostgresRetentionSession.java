package io.latchkey.audit.retention.postgres;

import io.latchkey.audit.retention.ArchiveFile;
import io.latchkey.audit.retention.OldEvents;
import io.latchkey.audit.retention.RetentionSession;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import io.latchkey.audit.tlog.TreeHash;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on one connection, a transaction a step. */
final class PostgresRetentionSession implements RetentionSession {
    private static final int AT_A_TIME = 1000;

    /**
     * The lowest partition, if all of it was signed that long ago. Whatever its events say of their
     * time: a publisher with a wrong clock neither keeps nor drops a partition. Nor is one dropped
     * that a webhook has still to be told of.
     */
    private static final String OLDEST =
            """
            WITH partition AS (
                SELECT c.oid::regclass::text AS name,
                       regexp_match(pg_get_expr(c.relpartbound, c.oid),
                                    'FROM \\(''(\\d+)''\\) TO \\(''(\\d+)''\\)')::bigint[] AS bounds
                  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                 WHERE i.inhparent = 'audit.audit_event'::regclass),
            lowest AS (SELECT * FROM partition ORDER BY bounds[1] LIMIT 1)
            SELECT name, bounds[1] AS first, bounds[2] - 1 AS last FROM lowest
             WHERE (SELECT signed_at FROM audit.checkpoint
                     WHERE size >= bounds[2] ORDER BY size LIMIT 1)
                   < now() - ? * interval '1 second'
               AND NOT EXISTS (SELECT FROM audit.webhook
                                WHERE name = ANY (?) AND next_sequence < bounds[2])
            """;

    private static final String LEAVES =
            """
            SELECT leaf FROM audit.audit_event
             WHERE sequence BETWEEN ? AND ? ORDER BY sequence
            """;

    private static final String TILE =
            "SELECT hashes FROM audit.tile WHERE level = 0 AND index = ?";

    private static final String NOTE =
            "INSERT INTO audit.archived_events (first, last, file, sha256) VALUES (?, ?, ?, ?)";

    private static final Logger log = LoggerFactory.getLogger(PostgresRetentionSession.class);

    private final Connection connection;
    private final Duration keep;
    private final Set<String> webhooks;

    private PostgresRetentionSession(Connection connection, Duration keep, Set<String> webhooks) {
        this.connection = connection;
        this.keep = keep;
        this.webhooks = Set.copyOf(webhooks);
    }

    /** Takes over a connection that holds the lock. */
    static PostgresRetentionSession begin(
            Connection connection, Duration keep, Set<String> webhooks) throws SQLException {
        connection.setAutoCommit(false);
        return new PostgresRetentionSession(connection, keep, webhooks);
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
            throw new IllegalStateException("the database does not answer as it should", e);
        }
    }

    @Override
    public Optional<OldEvents> oldest() {
        return transaction(
                () -> {
                    try (var statement = connection.prepareStatement(OLDEST)) {
                        statement.setLong(1, keep.toSeconds());
                        statement.setArray(2, connection.createArrayOf("text", webhooks.toArray()));
                        try (var row = statement.executeQuery()) {
                            return row.next()
                                    ? Optional.of(
                                            new OldEvents(
                                                    row.getString(1),
                                                    row.getLong(2),
                                                    row.getLong(3)))
                                    : Optional.empty();
                        }
                    }
                });
    }

    @Override
    public void read(OldEvents events, Leaves leaves) throws IOException {
        try (var statement = connection.prepareStatement(LEAVES)) {
            statement.setFetchSize(AT_A_TIME);
            statement.setLong(1, events.first());
            statement.setLong(2, events.last());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    leaves.take(rows.getBytes(1));
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IOException("cannot read old events", e);
        }
    }

    @Override
    public List<TreeHash> hashes(long from, int count) {
        var address = new TileAddress(0, from / TileAddress.WIDTH);
        return transaction(
                () -> {
                    try (var statement = connection.prepareStatement(TILE)) {
                        statement.setLong(1, address.index());
                        try (var row = statement.executeQuery()) {
                            return row.next()
                                    ? Tile.of(address, row.getBytes(1)).hashes().stream()
                                            .limit(count)
                                            .toList()
                                    : List.of();
                        }
                    }
                });
    }

    @Override
    public void drop(OldEvents events, ArchiveFile file) {
        transaction(
                () -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute(
                                "ALTER TABLE audit.audit_event DETACH PARTITION "
                                        + events.partition());
                        statement.execute("DROP TABLE " + events.partition());
                    }
                    try (var statement = connection.prepareStatement(NOTE)) {
                        statement.setLong(1, events.first());
                        statement.setLong(2, events.last());
                        statement.setString(3, file.name());
                        statement.setString(4, file.sha256());
                        return statement.executeUpdate();
                    }
                });
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.atDebug().setCause(e).log("the connection was gone already");
        }
    }
}
