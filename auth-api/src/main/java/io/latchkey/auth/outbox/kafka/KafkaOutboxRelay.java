package io.latchkey.auth.outbox.kafka;

import io.latchkey.auth.outbox.OutboxProperties;
import io.latchkey.auth.outbox.OutboxRelay;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.Refusals;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.SecurityEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * One thread hands rows to the producer, which may block it while no broker is in reach. A row that
 * has waited too long for that is left to the sweeper, since its lease might run out while the
 * producer still tries.
 *
 * <p>Meters: {@code latchkey.outbox.published}, {@code .left} (to the sweeper), {@code
 * latchkey.refusals} (by event and reason), {@code latchkey.refusals.dropped}. Alert when {@code
 * left} grows for minutes: Kafka is out of reach; when refusals leave their usual level: somebody
 * tries.
 */
@Component
class KafkaOutboxRelay implements OutboxRelay, Refusals, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaOutboxRelay.class);

    /**
     * Added to what the producer takes at most (5 s to block, 15 s to deliver) it stays below the
     * lease of 30 s.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** Rows are kept: what is not published by then, another node or the next start publishes. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);

    private final EventPublisher publisher;
    private final PublishedRows publishedRows;
    private final InstantSource clock;
    private final int capacity;
    private final ArrayBlockingQueue<Runnable> waiting;
    private final MeterRegistry meters;
    private final Counter published;
    private final Counter left;
    private final Counter dropped;
    private final AtomicLong warnedAt =
            new AtomicLong(System.nanoTime() - BETWEEN_WARNINGS.toNanos());
    private volatile ThreadPoolExecutor sender;
    private volatile boolean running;
    private volatile boolean failing;

    KafkaOutboxRelay(
            EventPublisher publisher,
            PublishedRows publishedRows,
            OutboxProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.publisher = publisher;
        this.publishedRows = publishedRows;
        this.clock = clock;
        this.capacity = properties.queue();
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.sender = newSender();
        this.meters = meters;
        this.published = meters.counter("latchkey.outbox.published");
        this.left = meters.counter("latchkey.outbox.left");
        this.dropped = meters.counter("latchkey.refusals.dropped");
    }

    private ThreadPoolExecutor newSender() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                waiting,
                Thread.ofPlatform().name("outbox-sender").factory());
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
        LOG.atInfo()
                .addKeyValue("event", refusal.name())
                .addKeyValue("reason", refusal.context().reason())
                .addKeyValue("link_id", refusal.context().linkId())
                .log("Refused");
        meters.counter(
                        "latchkey.refusals",
                        "event",
                        refusal.name(),
                        "reason",
                        Objects.requireNonNullElse(refusal.context().reason(), ""))
                .increment();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var envelope = new EventEnvelope<>(EventId.next(), publisher.source(), now, refusal);
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

    @Override
    public boolean isFailing() {
        return failing;
    }

    private void send(OutboxRow row, long claimedAt) {
        if (System.nanoTime() - claimedAt > LONGEST_WAIT.toNanos()) {
            left.increment();
            return;
        }
        var _ = publisher.publish(row).whenComplete((_, error) -> settle(row, error));
    }

    private void settle(OutboxRow row, @Nullable Throwable error) {
        failing = error != null;
        if (error == null) {
            published.increment();
            publishedRows.forget(row.id());
        } else {
            left.increment();
            warnNowAndThen(error);
        }
    }

    /** While a broker is away this happens for every row. */
    private void warnNowAndThen(Throwable error) {
        var last = warnedAt.get();
        var now = System.nanoTime();
        if (now - last > BETWEEN_WARNINGS.toNanos() && warnedAt.compareAndSet(last, now)) {
            LOG.atWarn()
                    .addKeyValue("cause", error.getClass().getSimpleName())
                    .log("Events are not published yet; they stay in the outbox");
        }
    }

    @Override
    public void start() {
        if (sender.isShutdown()) {
            sender = newSender();
        }
        publishedRows.start();
        running = true;
    }

    /** After the web server: whatever was accepted gets its chance to be published. */
    @Override
    public void stop() {
        running = false;
        sender.shutdown();
        try {
            if (sender.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                CompletableFuture.runAsync(publisher::flush)
                        .get(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS);
            } else {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atInfo().log("Kafka is out of reach; events stay in the outbox");
        }
        publishedRows.stop();
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
