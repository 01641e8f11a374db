package io.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.events.wire.UnreadableEventException;
import io.latchkey.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Everything that auth-api has put on Kafka since this JVM began, read by one thread. */
public final class TestEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<Topics> READ =
            List.of(
                    Topics.LINK_REQUESTS,
                    Topics.MAIL_EVENTS,
                    Topics.SECURITY_EVENTS,
                    Topics.LINK_ENDS,
                    Topics.MAIL_EVENTS_DLT);

    /** Where no event is that is not elsewhere, too. */
    private static final Set<String> REPEATED =
            Set.of(Topics.MAIL_EVENTS_DLT.topic(), Topics.LINK_ENDS.topic());

    private static final CloudEventCodec CODEC = new CloudEventCodec();
    private static final TestEvents INSTANCE = new TestEvents();
    private final Queue<Seen> records = new ConcurrentLinkedQueue<>();

    /** A record and what it holds as text, which is searched again and again. */
    private record Seen(ConsumerRecord<String, byte[]> record, String text) {
        static Seen of(ConsumerRecord<String, byte[]> record) {
            var value = record.value();
            return new Seen(record, value == null ? "" : new String(value, StandardCharsets.UTF_8));
        }
    }

    private TestEvents() {
        RunningAuthApi.get();
        Thread.ofPlatform().daemon().name("test-events").start(this::read);
    }

    private void read() {
        try (var consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                TestKafka.bootstrapServers(),
                                "auto.offset.reset",
                                "earliest",
                                "enable.auto.commit",
                                "false"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(READ.stream().flatMap(TestEvents::partitions).toList());
            while (true) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> records.add(Seen.of(record)));
            }
        }
    }

    private static Stream<TopicPartition> partitions(Topics topic) {
        return Stream.iterate(0, n -> n < topic.partitions(), n -> n + 1)
                .map(n -> new TopicPartition(topic.topic(), n));
    }

    /** Records whose data names this id, set aside or not, in the order of their coming. */
    public static List<ConsumerRecord<String, byte[]>> recordsAbout(Object id) {
        var words = id.toString();
        return INSTANCE.records.stream()
                .filter(seen -> seen.text().contains(words))
                .map(Seen::record)
                .toList();
    }

    /** Events about a link, session or request: strictly decoded, each id once. */
    public static List<? extends EventEnvelope<?>> about(Object id) {
        var events =
                recordsAbout(id).stream()
                        .filter(record -> !REPEATED.contains(record.topic()))
                        .map(TestEvents::decoded)
                        .toList();
        assertThat(events).extracting(EventEnvelope::id).doesNotHaveDuplicates();
        return events;
    }

    public static List<String> namesAbout(Object id) {
        return about(id).stream().map(e -> e.event().name()).toList();
    }

    /** Waits until these events about it, and no others, are there; in any order. */
    public static void awaitExactly(Object id, String... names) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(namesAbout(id)).containsExactlyInAnyOrder(names));
    }

    /** The only event of a type about it, once it is there. */
    public static <E extends Event> E awaitOne(Object id, Class<E> type) {
        return await().atMost(PATIENCE)
                .until(
                        () ->
                                about(id).stream()
                                        .map(EventEnvelope::event)
                                        .filter(type::isInstance)
                                        .map(type::cast)
                                        .toList(),
                        found -> found.size() == 1)
                .getFirst();
    }

    /** Everything, as text: what a reader of the broker's disk would see. */
    public static String dump() {
        var text = new StringBuilder();
        for (var seen : INSTANCE.records) {
            var record = seen.record();
            text.append(record.topic()).append(' ').append(record.key()).append(' ');
            headers(record)
                    .forEach(h -> text.append(h.key()).append('=').append(text(h)).append(' '));
            text.append(seen.text()).append('\n');
        }
        return text.toString();
    }

    public static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : text(header);
    }

    private static Stream<Header> headers(ConsumerRecord<?, ?> record) {
        return StreamSupport.stream(record.headers().spliterator(), false);
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static EventEnvelope<?> decoded(ConsumerRecord<String, byte[]> record) {
        try {
            return CODEC.decode(
                    name -> {
                        var header = record.headers().lastHeader(name);
                        return header == null ? null : header.value();
                    },
                    record.value());
        } catch (UnreadableEventException e) {
            throw new AssertionError("not to be read: " + e.reason(), e);
        }
    }
}
