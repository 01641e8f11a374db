package io.latchkey.auth.outbox.kafka;

import io.latchkey.auth.outbox.OutboxStore;
import io.latchkey.events.EventId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Forgets what the broker has acknowledged, in batches, on a thread of its own. Again and again
 * while the database is away: a row that is published but not forgotten would be published twice.
 */
@Component
class PublishedRows {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedRows.class);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);
    private static final int AT_ONCE = 1000;
    private final OutboxStore store;
    private final LinkedBlockingQueue<EventId> acknowledged = new LinkedBlockingQueue<>();
    private volatile boolean running;
    private volatile Thread thread = Thread.currentThread();

    PublishedRows(OutboxStore store) {
        this.store = store;
    }

    void forget(EventId id) {
        acknowledged.add(id);
    }

    void start() {
        running = true;
        thread = Thread.ofPlatform().name("outbox-published").start(this::run);
    }

    /** Once what was acknowledged is forgotten, or soon. */
    void stop() {
        running = false;
        try {
            if (!thread.join(LONGEST_STOP)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (running || !acknowledged.isEmpty()) {
                var first = acknowledged.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<>(List.of(first));
                    acknowledged.drainTo(batch, AT_ONCE - 1);
                    delete(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete(List<EventId> batch) throws InterruptedException {
        while (true) {
            try {
                store.delete(batch).toFuture().get();
                return;
            } catch (ExecutionException e) {
                if (!running) {
                    return;
                }
                LOG.atWarn()
                        .addKeyValue("rows", batch.size())
                        .addKeyValue("cause", String.valueOf(e.getCause()))
                        .log("Published events could not be deleted from the outbox yet");
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }
}
