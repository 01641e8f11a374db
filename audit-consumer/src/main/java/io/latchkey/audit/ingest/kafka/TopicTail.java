package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all partitions of the audited topics, from where the trail ends. */
final class TopicTail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private Map<TopicPartition, PartitionId> partitions = Map.of();

    TopicTail(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** The partitions that are read. */
    Map<TopicPartition, PartitionId> partitions() {
        return partitions;
    }

    /**
     * Reads these partitions from now on. A partition of which the trail knows no offset is read
     * from its beginning: it is new, or its topic was made again under the same name.
     */
    void assign(Map<TopicPartition, PartitionId> found, AppendSession session) {
        if (found.equals(partitions)) {
            return;
        }
        consumer.assign(found.keySet());
        var byTopic =
                found.values().stream()
                        .map(PartitionId::topicId)
                        .distinct()
                        .collect(Collectors.toMap(id -> id, session::nextOffsets));
        found.forEach(
                (partition, id) -> {
                    var next = byTopic.getOrDefault(id.topicId(), Map.of()).get(id.partition());
                    if (next == null) {
                        consumer.seekToBeginning(List.of(partition));
                    } else {
                        consumer.seek(partition, next);
                    }
                });
        partitions = Map.copyOf(found);
        log.atInfo().addKeyValue("partitions", found.size()).log("reading the audited topics");
    }

    /** What is there, or comes within the time; of each partition in the order of offsets. */
    List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
        try {
            return StreamSupport.stream(consumer.poll(atMost).spliterator(), false).toList();
        } catch (OffsetOutOfRangeException e) {
            // Records were deleted before they were read, or the broker lost its newest: what is
            // left is read whole, as the trail knows those that it has.
            log.atError()
                    .addKeyValue("partitions", e.offsetOutOfRangePartitions())
                    .log("the trail's offsets are out of the topic's range: records may be lost");
            consumer.seekToBeginning(e.partitions());
            return List.of();
        }
    }

    /** Records that are on the broker and were not polled yet, as far as is known. */
    long lag() {
        return partitions.keySet().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** Ends a poll that waits; from another thread. */
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
    }
}
