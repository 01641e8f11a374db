package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditStore;
import io.latchkey.audit.ingest.StoreUnavailableException;
import io.latchkey.audit.platform.LockedConnection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Repository;

/** Elects the appender by an advisory lock, held by the very connection that appends. */
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
            return LockedConnection.take(
                    database,
                    LOCK,
                    LIMITS,
                    PostgresAppendSession.SILENCE,
                    PostgresAppendSession::begin);
        } catch (SQLException e) {
            throw new StoreUnavailableException("database away", e);
        }
    }
}
