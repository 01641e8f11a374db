package io.latchkey.auth.platform;

import java.util.function.Supplier;
import org.slf4j.Logger;
import reactor.core.publisher.Mono;

/**
 * Housekeeping in batches, each a transaction of its own: however much there is, no statement takes
 * long. What a round leaves, the next one finds.
 */
public final class Batches {
    /** More than a round ever needs, so that a fault cannot keep it busy for ever. */
    private static final int MOST = 1000;

    private Batches() {}

    /** Until one deletes fewer rows than it might. */
    public static Mono<Void> whileFull(Supplier<Mono<Long>> batch, int full) {
        return whileMore(() -> batch.get().map(rows -> rows == full), MOST);
    }

    /**
     * Until one says that nothing is left.
     *
     * @param most batches in this round
     */
    public static Mono<Void> whileMore(Supplier<Mono<Boolean>> batch, int most) {
        return Mono.defer(batch)
                .defaultIfEmpty(false)
                .repeat(most - 1L)
                .takeWhile(more -> more)
                .then();
    }

    /** Never fails: it is a round of many. */
    public static Mono<Void> orNextRound(Mono<Void> round, Logger log, String left) {
        return round.onErrorResume(
                error -> {
                    log.atWarn()
                            .addKeyValue("cause", error.getClass().getSimpleName())
                            .log("{}; the next round tries again", left);
                    return Mono.empty();
                });
    }
}
