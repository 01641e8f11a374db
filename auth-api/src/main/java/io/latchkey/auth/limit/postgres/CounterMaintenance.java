package io.latchkey.auth.limit.postgres;

import io.latchkey.auth.platform.Batches;
import io.latchkey.auth.platform.Database;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Forgets counters that count nobody any more, in bounded batches. Rows that a request is using are
 * left for the next round, so nodes may do this at the same time.
 */
@Component
class CounterMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(CounterMaintenance.class);
    private static final int ROWS_AT_ONCE = 5000;

    private static final String FORGET_LIMITS =
            """
            DELETE FROM auth.rate_limit
             WHERE key = ANY(ARRAY(SELECT key FROM auth.rate_limit
                                    WHERE tat < now()
                                    LIMIT :at_most
                                      FOR UPDATE SKIP LOCKED))
               AND tat < now()
            """;
    private static final String FORGET_TRIES =
            """
            DELETE FROM auth.code_tries
             WHERE ctid = ANY(ARRAY(SELECT ctid FROM auth.code_tries
                                     WHERE day < auth.today()
                                     LIMIT :at_most))
               AND day < auth.today()
            """;

    private final Database database;

    CounterMaintenance(Database database) {
        this.database = database;
    }

    @Scheduled(initialDelay = 2, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    Mono<Void> maintain() {
        return Batches.orNextRound(
                forget(FORGET_LIMITS).then(forget(FORGET_TRIES)),
                LOG,
                "Counters could not be cleaned up");
    }

    private Mono<Void> forget(String sql) {
        return Batches.whileFull(
                () -> database.run(sql, Map.of("at_most", ROWS_AT_ONCE)), ROWS_AT_ONCE);
    }
}
