package io.latchkey.benchmarks.chaos;

import io.latchkey.events.Event;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailSent;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.events.wire.UnreadableEventException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads along what Kafka knows of links, from the beginning. */
final class Books implements AutoCloseable {
    private static final CloudEventCodec CODEC = new CloudEventCodec();
    private static final Duration LOOK = Duration.ofMillis(100);
    private final Map<LinkId, Integer> orders = new ConcurrentHashMap<>();
    private final Set<LinkId> mailed = ConcurrentHashMap.newKeySet();
    private final Set<LinkId> abandoned = ConcurrentHashMap.newKeySet();
    private final Thread reader;
    private volatile boolean closed;

    Books(String bootstrapServers) {
        reader = Thread.ofPlatform().start(() -> read(bootstrapServers));
    }

    /** How many orders there are for a link. */
    int orders(LinkId link) {
        return orders.getOrDefault(link, 0);
    }

    boolean isMailed(LinkId link) {
        return mailed.contains(link);
    }

    boolean isAbandoned(LinkId link) {
        return abandoned.contains(link);
    }

    boolean isOver(LinkId link) {
        return isMailed(link) || isAbandoned(link);
    }

    private void read(String bootstrapServers) {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                consumer.poll(LOOK).forEach(record -> note(event(record)));
            }
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        return Stream.of(Topics.LINK_REQUESTS, Topics.MAIL_EVENTS)
                .flatMap(topic -> consumer.partitionsFor(topic.topic()).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void note(Event event) {
        var link = event.context().linkId();
        if (link == null) {
            return;
        }
        switch (event) {
            case LinkRequested _ -> orders.merge(link, 1, Integer::sum);
            case MailSent _ -> mailed.add(link);
            case MailAbandoned _ -> abandoned.add(link);
            default -> {
                // On its way.
            }
        }
    }

    private static Event event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return CODEC.decode(
                            name -> {
                                var header = record.headers().lastHeader(name);
                                return header == null ? null : header.value();
                            },
                            record.value())
                    .event();
        } catch (UnreadableEventException e) {
            throw new IllegalStateException("unreadable: " + e.reason(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
