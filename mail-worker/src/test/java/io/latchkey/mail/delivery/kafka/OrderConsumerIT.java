package io.latchkey.mail.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a topic and in a group of its own, so that what the broker knows of them can be asked. */
class OrderConsumerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Longer than a consumer waits before it renews a lock. */
    private static final Duration LOCK = Duration.ofSeconds(30);

    private final String name = "orders-" + UUID.randomUUID();
    private final CountDownLatch stall = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<String> worked = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final KafkaReach reach = new KafkaReach();
    private Admin admin;

    @BeforeEach
    void makeTopicAndGroup() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()));
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        var group = new ConfigResource(ConfigResource.Type.GROUP, name);
        admin.incrementalAlterConfigs(
                        Map.of(
                                group,
                                List.of(
                                        set("share.auto.offset.reset", "earliest"),
                                        set(
                                                "share.record.lock.duration.ms",
                                                Long.toString(LOCK.toMillis())))))
                .all()
                .get();
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    @AfterEach
    void close() {
        stall.countDown();
        // Also where a test has failed, and its consumers run on.
        var _ = threads.shutdownNow();
        threads.close();
        admin.close();
    }

    private ShareConsumer<byte[], byte[]> open() {
        var consumer =
                new KafkaShareConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                TestKafka.bootstrapServers(),
                                "group.id",
                                name,
                                "max.poll.records",
                                4,
                                "share.acquire.mode",
                                "record_limit",
                                "share.acknowledgement.mode",
                                "explicit"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.subscribe(List.of(name));
        return consumer;
    }

    /** In one batch, so that they come together. */
    private void send(String... orders) {
        try (var producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                TestKafka.bootstrapServers(),
                                "linger.ms",
                                1_000),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (var order : orders) {
                var _ =
                        producer.send(
                                new ProducerRecord<>(name, order.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private AcknowledgeType work(ConsumerRecord<byte[], byte[]> order) {
        var text = new String(order.value(), StandardCharsets.UTF_8);
        worked.add(text);
        if (text.startsWith("stalls")) {
            try {
                assertThat(stall.await(2, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (text.startsWith("fails")) {
            throw new IllegalStateException("a fault of ours");
        }
        return AcknowledgeType.ACCEPT;
    }

    private Future<?> run(OrderConsumer consumer) {
        return threads.submit(consumer);
    }

    /** How many have not come to an end, as the broker knows it; -1 before it knows of any. */
    private long notEnded() throws ExecutionException, InterruptedException {
        var offsets =
                admin.listShareGroupOffsets(Map.of(name, new ListShareGroupOffsetsSpec()))
                        .partitionsToOffsetInfo(name)
                        .get();
        var partition = offsets.get(new TopicPartition(name, 0));
        return partition == null ? -1 : partition.lag().orElse(-1L);
    }

    @Test
    void theEndsOfThoseThatCameWithAStallingOneAreSentWithoutIt() {
        var consumer = new OrderConsumer(this::open, this::work, reach, threads);
        send("a", "b", "c", "stalls");
        var running = run(consumer);

        await().atMost(PATIENCE).until(() -> notEnded() == 1);
        assertThat(stall.getCount()).isOne();

        stall.countDown();
        await().atMost(PATIENCE).until(() -> notEnded() == 0);
        consumer.stop();
        await().atMost(PATIENCE).until(running::isDone);
        assertThat(worked).containsExactlyInAnyOrder("a", "b", "c", "stalls");
    }

    @Test
    void anOrderThatTakesLongerThanItsLockIsGivenToNobodyElse() throws Exception {
        var first = new OrderConsumer(this::open, this::work, reach, threads);
        var second = new OrderConsumer(this::open, this::work, reach, threads);
        send("stalls");
        var running = List.of(run(first), run(second));
        await().atMost(PATIENCE).until(() -> !worked.isEmpty());

        Thread.sleep(LOCK.plusSeconds(8));
        send("follows");

        await().atMost(PATIENCE).until(() -> worked.contains("follows"));
        assertThat(worked).containsExactly("stalls", "follows");
        stall.countDown();
        await().atMost(PATIENCE).until(() -> notEnded() == 0);
        first.stop();
        second.stop();
        await().atMost(PATIENCE).until(() -> running.stream().allMatch(Future::isDone));
        assertThat(worked).containsExactly("stalls", "follows");
    }

    @Test
    void anOrderThatCannotBeWorkedOnIsRedelivered() {
        var consumer = new OrderConsumer(this::open, this::work, reach, threads);
        send("fails");
        var running = run(consumer);

        await().atMost(PATIENCE).until(() -> worked.size() > 1);
        consumer.stop();
        await().atMost(PATIENCE).until(running::isDone);
        assertThat(worked).containsOnly("fails");
    }

    @Test
    void aConsumerThatFailsIsFollowedByAnother() {
        var tries = new AtomicInteger();
        var consumer =
                new OrderConsumer(
                        () -> {
                            if (tries.incrementAndGet() == 1) {
                                throw new IllegalStateException("the broker refuses it");
                            }
                            return open();
                        },
                        this::work,
                        reach,
                        threads);
        send("a");
        var running = run(consumer);

        await().atMost(PATIENCE).until(() -> worked.contains("a"));
        consumer.stop();
        await().atMost(PATIENCE).until(running::isDone);
        assertThat(tries).hasValue(2);
    }

    @Test
    void noConsumerIsOpenWhileKafkaIsAway() {
        var open = new AtomicInteger();
        var consumer =
                new OrderConsumer(
                        () -> {
                            open.incrementAndGet();
                            return open();
                        },
                        this::work,
                        reach,
                        threads);
        reach.lost();
        var running = run(consumer);
        await().during(Duration.ofSeconds(2)).until(() -> open.get() == 0);

        reach.found();
        send("a");

        await().atMost(PATIENCE).until(() -> worked.contains("a"));
        consumer.stop();
        await().atMost(PATIENCE).until(running::isDone);
        assertThat(open).hasValue(1);
    }
}
