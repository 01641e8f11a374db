package io.latchkey.auth;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.postgresql.PGConnection;

/**
 * Races that a test decides: a transaction of its own holds what a statement has locked or changed,
 * and lets go once those that are to meet there have come.
 */
public final class TestLocks {
    private TestLocks() {}

    /** Does something that comes to an end only after so many have waited for what is held. */
    public static <T> T whileHeld(int waiting, Callable<T> action, String sql, Object... values) {
        return held(
                        (holder, threads) -> {
                            var result = threads.submit(action);
                            await(() -> waitingFor(holder) >= waiting);
                            return List.of(result);
                        },
                        sql,
                        values)
                .getFirst();
    }

    /**
     * Does things in this order. The first has to wait for what is held; each of the others begins
     * once the one before it waits there as well, directly or behind another, or has ended.
     */
    public static <T> List<T> inTurn(
            List<? extends Callable<T>> actions, String sql, Object... values) {
        return held((holder, threads) -> queue(actions, holder, threads), sql, values);
    }

    private static <T> List<Future<T>> queue(
            List<? extends Callable<T>> actions, int holder, ExecutorService threads) {
        var first = threads.submit(actions.getFirst());
        await(() -> waitingFor(holder) == 1);
        var begun = new ArrayList<>(List.of(first));
        for (var action : actions.subList(1, actions.size())) {
            begun.add(threads.submit(action));
            await(() -> waitingFor(holder) + ended(begun) == begun.size());
        }
        return begun;
    }

    private static <T> List<T> held(Actions<T> actions, String sql, Object... values) {
        try (var holder = TestRows.connect();
                var held = TestRows.statement(holder, sql, values);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            held.execute();
            var begun = actions.begin(backend(holder), threads);
            holder.commit();
            var results = new ArrayList<T>();
            for (var one : begun) {
                results.add(one.get());
            }
            return results;
        } catch (SQLException | ExecutionException e) {
            throw new IllegalStateException(sql, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What is begun while the transaction of that backend holds its lock. */
    private interface Actions<T> {
        List<Future<T>> begin(int holder, ExecutorService threads);
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(condition);
    }

    private static int backend(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** For a backend, or for one that waits for it itself. */
    private static long waitingFor(int holder) {
        return TestRows.count(
                """
                FROM (WITH RECURSIVE waiting (pid) AS (
                          SELECT ?::integer
                           UNION
                          SELECT a.pid
                            FROM pg_stat_activity a
                            JOIN waiting w ON w.pid = ANY(pg_blocking_pids(a.pid)))
                      SELECT FROM waiting OFFSET 1) others
                """,
                holder);
    }

    private static long ended(List<? extends Future<?>> begun) {
        return begun.stream().filter(Future::isDone).count();
    }
}
