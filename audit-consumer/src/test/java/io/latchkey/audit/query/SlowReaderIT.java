package io.latchkey.audit.query;

import io.latchkey.audit.AuditProcess;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class SlowReaderIT {
    /** Longer than a query may take. */
    private static final Duration READER_IS_BUSY = Duration.ofSeconds(4);

    private final EventStore events = AuditProcess.shared().bean(EventStore.class);

    @Test
    void theTimeThatAReaderTakesIsNotTheQuerys() {
        StepVerifier.create(events.next(AuditFilter.all(), 0, Long.MAX_VALUE, 10), 0)
                .expectSubscription()
                .thenAwait(READER_IS_BUSY)
                .thenRequest(1)
                .expectNextCount(1)
                .verifyComplete();
    }
}
