package io.latchkey.mail.platform;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from its beginning and goes on with what is written since, without a group: every
 * process knows all of it. After trouble it begins anew, so that its reader must be able to hear
 * everything twice.
 */
public final class WholeTopic implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WholeTopic.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String topic;
    private final Supplier<KafkaConsumer<byte[], byte[]>> consumers;
    private final Consumer<ConsumerRecord<byte[], byte[]>> reader;
    private final Map<TopicPartition, Long> read = new ConcurrentHashMap<>();
    private volatile boolean complete;
    private volatile boolean closed;
    private volatile CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Thread thread;

    public WholeTopic(
            String topic,
            Supplier<KafkaConsumer<byte[], byte[]>> consumers,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        this.topic = topic;
        this.consumers = consumers;
        this.reader = reader;
    }

    public void start() {
        closed = false;
        stop = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("whole-" + topic).start(this::follow);
    }

    /** Whether all was read that was there when reading began. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Returns when all is read that is there now.
     *
     * @param looking to see the end with
     * @throws IllegalStateException if that takes longer than {@code patience}
     */
    public void catchUp(KafkaConsumer<byte[], byte[]> looking, Duration patience) {
        var partitions = partitions(looking);
        var ends = looking.endOffsets(partitions, patience);
        var deadline = System.nanoTime() + patience.toNanos();
        while (!complete || !hasReached(ends)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(topic + " cannot be read to its end in time");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean hasReached(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> opened) {
        return opened.partitionsFor(topic, PATIENCE).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
    }

    private void follow() {
        while (!closed) {
            try {
                open();
            } catch (WakeupException e) {
                log.atDebug().addKeyValue("topic", topic).log("reading of a topic has ended");
            } catch (RuntimeException e) {
                log.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("error", e.getClass().getSimpleName())
                        .log("a topic cannot be read: it is begun anew");
                pause();
            }
        }
    }

    private void open() {
        var opened = consumers.get();
        consumer = opened;
        try {
            read(opened);
        } finally {
            consumer = null;
            opened.close(CloseOptions.timeout(LONGEST_CLOSE));
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> opened) {
        var partitions = partitions(opened);
        if (partitions.isEmpty()) {
            pause();
            return;
        }
        opened.assign(partitions);
        opened.seekToBeginning(partitions);
        read.clear();
        var ends = new HashMap<>(opened.endOffsets(partitions, PATIENCE));
        while (!closed) {
            opened.poll(POLL).forEach(reader);
            // Positions count what ends a transaction, too.
            partitions.forEach(p -> read.put(p, opened.position(p, PATIENCE)));
            complete = complete || hasReached(ends);
        }
    }

    private void pause() {
        try {
            var _ = stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        stop.countDown();
        var opened = consumer;
        if (opened != null) {
            opened.wakeup();
        }
        var running = thread;
        if (running != null) {
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        complete = false;
    }
}
