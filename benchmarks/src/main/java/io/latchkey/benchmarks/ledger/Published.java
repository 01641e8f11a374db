package io.latchkey.benchmarks.ledger;

import io.latchkey.events.EventEnvelope;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.events.wire.UnreadableEventException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All events that Kafka has of the topics that the trail is made of. */
final class Published {
    private static final CloudEventCodec CODEC = new CloudEventCodec();
    private static final Duration LOOK = Duration.ofMillis(500);

    private Published() {}

    /** Event ids, each with its type. */
    static Map<String, String> read(String bootstrapServers) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    Topics.audited().stream()
                            .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var events = new HashMap<String, String>();
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var record : consumer.poll(LOOK)) {
                    var event = event(record);
                    events.put(event.id().toString(), event.event().getClass().getSimpleName());
                }
            }
            return events;
        }
    }

    private static EventEnvelope<?> event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CODEC.decode(
                    name -> {
                        var header = record.headers().lastHeader(name);
                        return header == null ? null : header.value();
                    },
                    record.value());
        } catch (UnreadableEventException e) {
            throw new IllegalStateException("unreadable: " + e.reason(), e);
        }
    }
}
