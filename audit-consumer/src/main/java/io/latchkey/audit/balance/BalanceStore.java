package io.latchkey.audit.balance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The accounts of links. */
public interface BalanceStore {
    /**
     * The books of the links that were accepted within a time. Fails within 3 s where the database
     * is away.
     *
     * @param tenant whose links count; all where there is none
     * @param from not before this
     * @param to before this
     */
    Mono<Balance> balance(@Nullable String tenant, @Nullable Instant from, @Nullable Instant to);
}
