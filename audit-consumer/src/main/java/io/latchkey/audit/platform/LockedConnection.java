package io.latchkey.audit.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A connection that holds an advisory lock: when it is lost, the lock and any transaction go with
 * it. The server ends a silent session, so that a host that vanished does not keep the lock.
 */
public final class LockedConnection {
    private LockedConnection() {}

    /** What is done with it at first; closes nothing. */
    @FunctionalInterface
    public interface Work<T> {
        T begin(Connection connection) throws SQLException;
    }

    /**
     * Empty where somebody else has the lock. The connection is the work's to close, unless it
     * fails.
     *
     * @param lock a number of its own for each thing that one process at a time may do
     * @param limits statements that bound how long the server waits for us, and we for others
     * @param silence after which the server is taken to be lost
     */
    public static <T> Optional<T> take(
            DataSource database, long lock, String limits, Duration silence, Work<T> work)
            throws SQLException {
        var connection = database.getConnection();
        var locked = false;
        try {
            connection.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
            locked = tryLock(connection, lock, limits);
            return locked ? Optional.of(work.begin(connection)) : Optional.empty();
        } catch (SQLException | RuntimeException e) {
            locked = false;
            throw e;
        } finally {
            if (!locked) {
                connection.close();
            }
        }
    }

    private static boolean tryLock(Connection connection, long lock, String limits)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(limits);
        }
        try (var statement = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
            statement.setLong(1, lock);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
