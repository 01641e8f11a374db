package io.latchkey.mail.delivery.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What this process did about its latest records. A broker that restarts, or that lost an
 * acknowledgement, delivers a record again; the work is then not done twice, only what was left of
 * it. What another process did is not known here: that is the repeat that remains possible.
 */
final class Redeliveries {
    /** Longer than a lock lasts: whoever held it has what it is about redelivered by then. */
    private static final long MEMORY = Duration.ofSeconds(90).toNanos();

    /** Some tens of megabytes at most, whatever the load. */
    private static final int MOST = 200_000;

    private final Map<Place, Work> works =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Place, Work> eldest) {
                    return size() > MOST
                            || System.nanoTime() - eldest.getValue().sinceNanos > MEMORY;
                }
            };

    /** Publishes what it is given, and removes from it what is published. */
    interface Publishing {
        void publish(List<ProducerRecord<byte[], byte[]>> records) throws UnpublishedException;
    }

    /**
     * Does the work unless it was done, and publishes what is not yet published. Of two threads
     * with the same record, one waits for the other.
     *
     * @param work gives what is to be published
     */
    void once(
            ConsumerRecord<byte[], byte[]> record,
            Supplier<List<ProducerRecord<byte[], byte[]>>> work,
            Publishing publishing)
            throws UnpublishedException {
        workOn(record).settle(work, publishing);
    }

    private Work workOn(ConsumerRecord<byte[], byte[]> record) {
        // The timestamp, as a topic that was made anew counts its offsets anew.
        var place =
                new Place(record.topic(), record.partition(), record.offset(), record.timestamp());
        synchronized (works) {
            return works.computeIfAbsent(place, _ -> new Work());
        }
    }

    private record Place(String topic, int partition, long offset, long timestamp) {}

    private static final class Work {
        private final long sinceNanos = System.nanoTime();
        private @Nullable List<ProducerRecord<byte[], byte[]>> unpublished;

        synchronized void settle(
                Supplier<List<ProducerRecord<byte[], byte[]>>> work, Publishing publishing)
                throws UnpublishedException {
            if (unpublished == null) {
                unpublished = new ArrayList<>(work.get());
            }
            if (!unpublished.isEmpty()) {
                publishing.publish(unpublished);
                // One for all: it is kept for a while.
                unpublished = List.of();
            }
        }
    }
}
