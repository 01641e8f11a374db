package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditStore;
import io.latchkey.audit.ingest.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Repository;

/**
 * Elects the appender by an advisory lock, held by the very connection that appends: when it is
 * lost, the lock and any transaction go with it. The server ends a silent session, so that a host
 * that vanished does not keep the lock.
 */
@Repository
class PostgresAuditStore implements AuditStore {
    /** Any number that no other part of Latchkey locks: "audit" in ASCII. */
    private static final long LOCK = 0x61_75_64_69_74L;

    private static final String LIMITS =
            """
            SET SESSION idle_session_timeout = '30s';
            SET SESSION idle_in_transaction_session_timeout = '10s';
            SET SESSION statement_timeout = '10s';
            SET SESSION lock_timeout = '5s';
            SET SESSION synchronous_commit = on;
            """;

    private final DataSource database;

    PostgresAuditStore(DataSource database) {
        this.database = database;
    }

    @Override
    public Optional<AppendSession> tryBecomeAppender() {
        try {
            return lockOn(database.getConnection());
        } catch (SQLException e) {
            throw new StoreUnavailableException("database away", e);
        }
    }

    private static Optional<AppendSession> lockOn(Connection connection) throws SQLException {
        var locked = false;
        try {
            connection.setNetworkTimeout(Runnable::run, PostgresAppendSession.SILENCE_MILLIS);
            locked = tryLock(connection);
            return locked ? Optional.of(PostgresAppendSession.begin(connection)) : Optional.empty();
        } catch (SQLException | RuntimeException e) {
            locked = false;
            throw e;
        } finally {
            if (!locked) {
                connection.close();
            }
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(LIMITS);
        }
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
