package io.latchkey.mail;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.LinkId;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.events.wire.UnreadableEventException;
import io.latchkey.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to Kafka, and reads whole topics from it, as anybody with access to it can. */
public final class TestTopics implements AutoCloseable {
    private static final CloudEventCodec CODEC = new CloudEventCodec();
    private final KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                    // Compressed, a record may be larger than others may write it.
                    Map.of(
                            "bootstrap.servers",
                            TestKafka.bootstrapServers(),
                            "compression.type",
                            "gzip",
                            "max.request.size",
                            10_000_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());

    /** What the topic of mail events had so far: kept up to date by a thread of its own. */
    private final Queue<Event> mailEvents = new ConcurrentLinkedQueue<>();

    private final Thread follower = Thread.ofPlatform().start(this::follow);
    private volatile boolean closed;

    private void follow() {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer, Topics.MAIL_EVENTS);
            while (partitions.isEmpty() && !closed) {
                partitions = partitions(consumer, Topics.MAIL_EVENTS);
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> mailEvents.add(decode(record).event()));
            }
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        TestKafka.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "allow.auto.create.topics",
                        "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, Topics topic) {
        return consumer.partitionsFor(topic.topic()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException("cannot write to " + record.topic(), e);
        }
    }

    /** All records that the topic has now. */
    public List<ConsumerRecord<byte[], byte[]>> all(Topics topic) {
        try (var consumer = consumer()) {
            var partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    public List<ConsumerRecord<byte[], byte[]>> all(
            Topics topic, Predicate<ConsumerRecord<byte[], byte[]>> which) {
        return all(topic).stream().filter(which).toList();
    }

    /** All mail events so far, in the order of each partition. */
    public List<Event> mailEvents() {
        return List.copyOf(mailEvents);
    }

    /** The mail events about a link, in the order of their topic. */
    public List<Event> eventsOf(LinkId linkId) {
        return mailEvents.stream()
                .filter(event -> linkId.equals(event.context().linkId()))
                .toList();
    }

    public static EventEnvelope<?> decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CODEC.decode(name -> value(record, name), record.value());
        } catch (UnreadableEventException e) {
            throw new AssertionError("unreadable: " + e.reason(), e);
        }
    }

    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        var value = value(record, name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    private static byte[] value(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    @Override
    public void close() {
        closed = true;
        producer.close();
        try {
            follower.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
