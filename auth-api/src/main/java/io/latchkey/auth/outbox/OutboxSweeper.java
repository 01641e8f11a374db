package io.latchkey.auth.outbox;

import io.latchkey.auth.platform.Batches;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Takes over rows that their node did not get published within the lease: it died, or Kafka was
 * away. Every node sweeps; none waits for another.
 */
@Component
class OutboxSweeper {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSweeper.class);

    /** As many as are tried at once while Kafka takes nothing: each try costs an update. */
    private static final int PROBE = 5;

    /** Then the other tasks of the schedule have their turn. */
    private static final int LONGEST_RUN = 20;

    private final OutboxStore store;
    private final OutboxRelay relay;
    private final int batch;

    OutboxSweeper(OutboxStore store, OutboxRelay relay, OutboxProperties properties) {
        this.store = store;
        this.relay = relay;
        this.batch = properties.sweep();
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    Mono<Void> sweep() {
        return Batches.orNextRound(
                Batches.whileMore(this::sweepSome, LONGEST_RUN),
                LOG,
                "The outbox could not be swept");
    }

    private Mono<Boolean> sweepSome() {
        if (!relay.hasRoom()) {
            return Mono.just(false);
        }
        return store.claimExpired(relay.isFailing() ? PROBE : batch)
                .map(
                        rows -> {
                            relay.publish(rows);
                            return rows.size() == batch;
                        });
    }
}
