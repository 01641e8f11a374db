package io.latchkey.auth.outbox.kafka;

import io.latchkey.auth.outbox.OutboxProperties;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.OutboxStore;
import io.latchkey.auth.outbox.Refusals;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.SecurityEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * One thread hands rows to the producer, which may block it while no broker is in reach; another
 * forgets what was acknowledged, in batches. A row that has waited too long for the first is left
 * to the sweeper, since its lease might run out while the producer still tries.
 *
 * <p>Meters: {@code latchkey.outbox.published}, {@code .left} (to the sweeper), {@code
 * latchkey.refusals.dropped}. Alert when {@code left} grows for minutes: Kafka is out of reach.
 */
@Component
class KafkaOutboxRelay implements OutboxRelay, Refusals, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutboxRelay.class);

    /** With the producer's delivery timeout of 15 s it stays below the lease of 30 s. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);
    private static final int DELETED_AT_ONCE = 1000;

    private final EventPublisher publisher;
    private final OutboxStore store;
    private final InstantSource clock;
    private final int capacity;
    private final ArrayBlockingQueue<Runnable> waiting;
    private final ThreadPoolExecutor sender;
    private final LinkedBlockingQueue<EventId> acknowledged = new LinkedBlockingQueue<>();
    private final Counter published;
    private final Counter left;
    private final Counter dropped;
    private volatile boolean running;
    private volatile Thread forgetter = Thread.currentThread();

    KafkaOutboxRelay(
            EventPublisher publisher,
            OutboxStore store,
            OutboxProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.publisher = publisher;
        this.store = store;
        this.clock = clock;
        this.capacity = properties.queue();
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.sender =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        waiting,
                        Thread.ofPlatform().name("outbox-sender").factory());
        this.published = meters.counter("latchkey.outbox.published");
        this.left = meters.counter("latchkey.outbox.left");
        this.dropped = meters.counter("latchkey.refusals.dropped");
    }

    @Override
    public void publish(Collection<OutboxRow> rows) {
        var claimedAt = System.nanoTime();
        for (var row : rows) {
            if (!enqueue(() -> send(row, claimedAt))) {
                left.increment();
            }
        }
    }

    @Override
    public void record(SecurityEvent refusal) {
        var envelope =
                new EventEnvelope<>(EventId.next(), publisher.source(), clock.instant(), refusal);
        LOG.atInfo()
                .addKeyValue("event", refusal.name())
                .addKeyValue("reason", refusal.context().reason())
                .addKeyValue("link_id", refusal.context().linkId())
                .log("Refused");
        // Refusals never crowd out what was kept.
        var queued = waiting.remainingCapacity() > capacity / 4 && enqueue(() -> send(envelope));
        if (!queued) {
            dropped.increment();
        }
    }

    private void send(EventEnvelope<?> refusal) {
        var _ =
                publisher
                        .publish(refusal)
                        .whenComplete(
                                (_, error) -> {
                                    if (error != null) {
                                        dropped.increment();
                                    }
                                });
    }

    private boolean enqueue(Runnable task) {
        try {
            sender.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public boolean hasRoom() {
        return running && waiting.remainingCapacity() > capacity / 2;
    }

    private void send(OutboxRow row, long claimedAt) {
        if (System.nanoTime() - claimedAt > LONGEST_WAIT.toNanos()) {
            left.increment();
            return;
        }
        var _ =
                publisher
                        .publish(row)
                        .whenComplete(
                                (_, error) -> {
                                    if (error == null) {
                                        published.increment();
                                        acknowledged.add(row.id());
                                    } else {
                                        left.increment();
                                        LOG.atWarn()
                                                .addKeyValue("event_id", row.id())
                                                .addKeyValue(
                                                        "cause", error.getClass().getSimpleName())
                                                .log("Not published yet; it stays in the outbox");
                                    }
                                });
    }

    private void forget() {
        while (running || !acknowledged.isEmpty()) {
            try {
                var first = acknowledged.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<>(List.of(first));
                    acknowledged.drainTo(batch, DELETED_AT_ONCE - 1);
                    delete(batch);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Again and again: a row that is published but not forgotten would be published twice. */
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

    @Override
    public void start() {
        running = true;
        forgetter = Thread.ofPlatform().name("outbox-forgetter").start(this::forget);
    }

    /** After the web server: whatever was accepted gets its chance to be published. */
    @Override
    public void stop() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
            publisher.flush();
            running = false;
            forgetter.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running = false;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started before the web server, stopped after it. */
    @Override
    public int getPhase() {
        return 0;
    }
}
