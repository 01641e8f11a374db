package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.ingest.SignedCheckpoint;
import io.latchkey.audit.tlog.TreeHash;
import io.latchkey.audit.tlog.TreeHead;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was signed, on the connection of the appender. */
final class SignedCheckpoints {
    private static final String COLUMNS = "SELECT size, root, note FROM audit.checkpoint ";
    private static final String LAST = COLUMNS + "ORDER BY size DESC LIMIT 1";
    private static final String UNPUBLISHED = COLUMNS + "WHERE NOT published ORDER BY size";

    private static final String INSERT =
            """
            INSERT INTO audit.checkpoint (size, root, note) VALUES (?, ?, ?)
            ON CONFLICT (size) DO UPDATE
               SET root = excluded.root, note = excluded.note, signed_at = now(), published = false
            """;

    private static final String PUBLISHED =
            "UPDATE audit.checkpoint SET published = true WHERE size = ?";

    private SignedCheckpoints() {}

    static Optional<SignedCheckpoint> last(Connection connection) throws SQLException {
        return read(connection, LAST).stream().findFirst();
    }

    static List<SignedCheckpoint> unpublished(Connection connection) throws SQLException {
        return read(connection, UNPUBLISHED);
    }

    private static List<SignedCheckpoint> read(Connection connection, String sql)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var checkpoints = new ArrayList<SignedCheckpoint>();
            while (rows.next()) {
                var head = new TreeHead(rows.getLong(1), TreeHash.of(rows.getBytes(2)));
                checkpoints.add(new SignedCheckpoint(head, rows.getString(3)));
            }
            return checkpoints;
        }
    }

    static void insert(Connection connection, SignedCheckpoint checkpoint) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, checkpoint.head().size());
            statement.setBytes(2, checkpoint.head().root().bytes());
            statement.setString(3, checkpoint.note());
            statement.executeUpdate();
        }
    }

    static void setPublished(Connection connection, SignedCheckpoint checkpoint)
            throws SQLException {
        try (var statement = connection.prepareStatement(PUBLISHED)) {
            statement.setLong(1, checkpoint.head().size());
            statement.executeUpdate();
        }
    }
}
