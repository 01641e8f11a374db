package io.latchkey.auth.outbox;

import io.latchkey.events.EventId;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Mono;

/** What is left of the outbox after its rows were written: taking over, and forgetting. */
public interface OutboxStore {
    /**
     * Takes over rows whose lease has run out, oldest first: this node alone publishes them for the
     * length of a lease. Two nodes never get the same row.
     */
    Mono<List<OutboxRow>> claimExpired(int atMost);

    /** Forgets what the broker has acknowledged. */
    Mono<Long> delete(Collection<EventId> published);
}
