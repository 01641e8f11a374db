package io.latchkey.auth.link.postgres;

import io.latchkey.auth.link.LinkProperties;
import io.latchkey.auth.platform.Batches;
import io.latchkey.auth.platform.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Makes the partitions of the days to come, a week ahead, so that a pause of maintenance harms
 * nobody; drops those whose links have all been at their end for long enough; forgets idempotency
 * keys after their 24 hours. Nodes take turns by an advisory lock.
 */
@Component
class LinkMaintenance implements ApplicationRunner {
    private static final Logger LOG = LoggerFactory.getLogger(LinkMaintenance.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(200);
    private static final int DAYS_AHEAD = 7;
    private static final int KEYS_AT_ONCE = 5000;

    private static final String ENSURE =
            "SELECT auth.ensure_link_partitions(:first::date, :last::date)";
    private static final String DROP = "SELECT auth.drop_link_partitions(:before::date) AS dropped";
    private static final String FORGET_KEYS =
            """
            DELETE FROM auth.idempotency_key
             WHERE ctid = ANY(ARRAY(SELECT ctid FROM auth.idempotency_key
                                     WHERE created_at < now() - interval '24 hours'
                                     LIMIT :at_most))
            """;

    private final Database database;
    private final InstantSource clock;
    private final LinkProperties properties;

    LinkMaintenance(Database database, InstantSource clock, LinkProperties properties) {
        this.database = database;
        this.clock = clock;
        this.properties = properties;
    }

    /** Before this node turns ready: without today's partition no link is accepted. */
    @Override
    public void run(ApplicationArguments arguments) {
        ensurePartitions()
                // A cold process beside others may miss the time that a caller would wait.
                .retryWhen(
                        Retry.fixedDelay(10, RETRY_PAUSE)
                                .filter(TimeoutException.class::isInstance))
                .block(PATIENCE);
    }

    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    Mono<Void> maintain() {
        // Spring calls this once and subscribes every time: the day must be looked up anew.
        return Batches.orNextRound(
                Mono.defer(this::ensurePartitions)
                        .then(Mono.defer(this::dropPartitions))
                        .then(forgetKeys()),
                LOG,
                "Links of old days could not be forgotten");
    }

    private Mono<Void> ensurePartitions() {
        var today = today();
        return database.one(
                        ENSURE,
                        // Yesterday as well: clocks differ, and midnight is near for somebody.
                        Map.of("first", today.minusDays(1), "last", today.plusDays(DAYS_AHEAD)),
                        _ -> true)
                .then();
    }

    private Mono<Void> dropPartitions() {
        // A partition's youngest link was requested at the end of its day.
        var before =
                LocalDate.ofInstant(
                        clock.instant().minus(properties.keep()).minus(LinkProperties.LONGEST_LIFE),
                        ZoneOffset.UTC);
        return database.one(
                        DROP,
                        Map.of("before", before),
                        row -> Database.get(row, "dropped", Integer.class))
                .doOnNext(
                        dropped -> {
                            if (dropped > 0) {
                                LOG.atInfo()
                                        .addKeyValue("partitions", dropped)
                                        .log("Forgot links of old days");
                            }
                        })
                .then();
    }

    private Mono<Void> forgetKeys() {
        return Batches.whileFull(
                () -> database.run(FORGET_KEYS, Map.of("at_most", KEYS_AT_ONCE)), KEYS_AT_ONCE);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
