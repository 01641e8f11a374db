package io.latchkey.auth.suppression.postgres;

import io.latchkey.auth.platform.Batches;
import io.latchkey.auth.platform.Database;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets suppressions whose time is over. Nodes may do this at the same time. */
@Component
class SuppressionMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(SuppressionMaintenance.class);
    private static final int ROWS_AT_ONCE = 5000;

    private static final String FORGET =
            """
            DELETE FROM auth.suppression
             WHERE id = ANY(ARRAY(SELECT id FROM auth.suppression
                                   WHERE expires_at <= now()
                                   LIMIT :at_most
                                     FOR UPDATE SKIP LOCKED))
               AND expires_at <= now()
            """;

    private final Database database;

    SuppressionMaintenance(Database database) {
        this.database = database;
    }

    @Scheduled(initialDelay = 3, fixedDelay = 10, timeUnit = TimeUnit.MINUTES)
    Mono<Void> maintain() {
        return Batches.orNextRound(
                Batches.whileFull(
                        () -> database.run(FORGET, Map.of("at_most", ROWS_AT_ONCE)), ROWS_AT_ONCE),
                LOG,
                "Suppressions could not be forgotten");
    }
}
