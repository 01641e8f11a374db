package io.latchkey.audit.retention.postgres;

import io.latchkey.audit.platform.LockedConnection;
import io.latchkey.audit.retention.RetentionSession;
import io.latchkey.audit.retention.RetentionStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.stereotype.Repository;

/** One process at a time, by an advisory lock on the connection that it works on. */
@Repository
class PostgresRetentionStore implements RetentionStore {
    /** Any number that no other part of Latchkey locks: "retain" in ASCII. */
    private static final long LOCK = 0x72_65_74_61_69_6eL;

    /** Readers and the appender wait behind us for the lock of a partition; not for long. */
    private static final String LIMITS =
            """
            SET SESSION idle_session_timeout = '10min';
            SET SESSION idle_in_transaction_session_timeout = '10min';
            SET SESSION statement_timeout = '60s';
            SET SESSION lock_timeout = '2s';
            """;

    private static final Duration SILENCE = Duration.ofSeconds(90);

    private final DataSource database;

    PostgresRetentionStore(DataSource database) {
        this.database = database;
    }

    @Override
    public Optional<RetentionSession> tryBegin(Duration keep, Set<String> webhooks) {
        try {
            return LockedConnection.take(
                    database,
                    LOCK,
                    LIMITS,
                    SILENCE,
                    connection -> PostgresRetentionSession.begin(connection, keep, webhooks));
        } catch (SQLException e) {
            throw new IllegalStateException("database away", e);
        }
    }
}
