package io.latchkey.audit;

import io.latchkey.events.EventEnvelope;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The other side of the topics: publishes as the services do, and as they never would. */
public final class TestTopics implements AutoCloseable {
    private static final CloudEventCodec CODEC = new CloudEventCodec();

    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            TestKafka.bootstrapServers(),
                            "acks",
                            "all",
                            "max.block.ms",
                            "20000",
                            "compression.type",
                            "lz4",
                            "max.request.size",
                            "16777216"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());

    public static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()));
    }

    /** An event as its publisher writes it. */
    public static ProducerRecord<byte[], byte[]> record(EventEnvelope<?> envelope) {
        var encoded = CODEC.encode(envelope);
        var key = encoded.key();
        return record(
                encoded.topic(),
                key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                encoded.headers(),
                escaped(encoded.data()).getBytes(StandardCharsets.UTF_8));
    }

    /** Surrogates as JSON escapes: a lone one would not survive UTF-8. */
    private static String escaped(String json) {
        return json.chars()
                .mapToObj(
                        c ->
                                Character.isSurrogate((char) c)
                                        ? "\\u%04x".formatted(c)
                                        : Character.toString(c))
                .collect(Collectors.joining());
    }

    public static ProducerRecord<byte[], byte[]> record(
            String topic,
            byte @Nullable [] key,
            Map<String, String> headers,
            byte @Nullable [] data) {
        var made = new ProducerRecord<>(topic, key, data);
        headers.forEach(
                (name, value) -> made.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return made;
    }

    /** The same at a certain place. */
    public static ProducerRecord<byte[], byte[]> on(
            int partition, ProducerRecord<byte[], byte[]> made) {
        return new ProducerRecord<>(
                made.topic(), partition, made.key(), made.value(), made.headers());
    }

    public void publish(Collection<EventEnvelope<?>> events) {
        send(events.stream().map(TestTopics::record).toList());
    }

    /** Returns when the broker has them all. */
    public void send(Collection<ProducerRecord<byte[], byte[]>> records) {
        var answers = records.stream().map(producer::send).toList();
        for (var answer : answers) {
            try {
                answer.get();
            } catch (Exception e) {
                throw new AssertionError("not published", e);
            }
        }
    }

    /** Everything in a topic of one partition. */
    public static List<ConsumerRecord<byte[], byte[]>> all(String topic) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", TestKafka.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).get(partition);
            var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
