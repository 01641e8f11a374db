package io.latchkey.auth.session.postgres;

import io.latchkey.auth.platform.Batches;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.session.SessionProperties;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets sessions that ended long ago, in batches; nodes may do so at once. */
@Component
class SessionMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(SessionMaintenance.class);
    private static final int AT_ONCE = 5000;

    private static final String FORGET =
            """
            DELETE FROM auth.session
             WHERE id = ANY(ARRAY(SELECT id FROM auth.session
                                   WHERE least(ended_at, expires_at)
                                         < now() - make_interval(secs => :keep)
                                   LIMIT :at_most
                                     FOR UPDATE SKIP LOCKED))
            """;

    private final Database database;
    private final SessionProperties properties;

    SessionMaintenance(Database database, SessionProperties properties) {
        this.database = database;
        this.properties = properties;
    }

    @Scheduled(initialDelay = 4, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    Mono<Void> forget() {
        return Batches.orNextRound(
                Batches.whileFull(this::batch, AT_ONCE),
                LOG,
                "Old sessions could not be forgotten");
    }

    private Mono<Long> batch() {
        return database.run(
                FORGET,
                Map.of("keep", Math.toIntExact(properties.keep().toSeconds()), "at_most", AT_ONCE));
    }
}
