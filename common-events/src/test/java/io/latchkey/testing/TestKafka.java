package io.latchkey.testing;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The Kafka of this test JVM: one broker with share groups, started at first use, ended with the
 * JVM, one for all tests. Topics are not made by themselves: what a service needs it must create,
 * as in production. A test that stops the broker must start it again, in {@code @AfterEach} at the
 * latest.
 */
public final class TestKafka {
    private static final String IMAGE = "apache/kafka:4.2.2";
    private static final int PORT_IN_CONTAINER = 19_092;

    /** What one small broker needs to be set to, whichever way it runs. */
    static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("auto.create.topics.enable", "false"),
                    Map.entry("broker.heartbeat.interval.ms", "500"),
                    Map.entry("broker.session.timeout.ms", "2000"),
                    Map.entry("group.initial.rebalance.delay.ms", "0"),
                    // By default a worker waits 5 s for its share, and one that vanished keeps his
                    // for 45 s.
                    Map.entry("group.share.heartbeat.interval.ms", "500"),
                    Map.entry("group.share.min.heartbeat.interval.ms", "500"),
                    Map.entry("group.share.session.timeout.ms", "10000"),
                    Map.entry("group.share.min.session.timeout.ms", "10000"),
                    Map.entry("group.share.max.size", "1000"),
                    Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
                    Map.entry("offsets.topic.num.partitions", "4"),
                    Map.entry("offsets.topic.replication.factor", "1"),
                    Map.entry("share.coordinator.state.topic.min.isr", "1"),
                    Map.entry("share.coordinator.state.topic.num.partitions", "4"),
                    Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                    Map.entry("transaction.state.log.min.isr", "1"),
                    Map.entry("transaction.state.log.num.partitions", "4"),
                    Map.entry("transaction.state.log.replication.factor", "1"));

    private TestKafka() {}

    private static final class Running {
        static final TestServer SERVER =
                ServerChoice.start("Kafka", IMAGE, TestKafka::container, TestKafka::embedded);
    }

    /** For {@code spring.kafka.bootstrap-servers}. */
    public static String bootstrapServers() {
        return address(Running.SERVER.host(), Running.SERVER.port());
    }

    /** Takes the broker away; clients lose their connections, records and offsets stay. */
    public static void stop() {
        Running.SERVER.stop();
    }

    /** Brings it back on its port, with its records; returns when it answers. */
    public static void start() {
        Running.SERVER.start();
    }

    private static String address(String host, int port) {
        return host + ":" + port;
    }

    /** Killed, its broker would mend the files of every partition; closing a gate takes no time. */
    private static TestServer container() {
        var port = FreePorts.next();
        var portBehind = FreePorts.next();
        var container =
                new KafkaContainer(IMAGE)
                        .withEnv(asEnvironment(SETTINGS))
                        .withEnv("KAFKA_HEAP_OPTS", "-Xms96m -Xmx256m")
                        .withEnv("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:+UseSerialGC")
                        .withListener(
                                address("0.0.0.0", PORT_IN_CONTAINER),
                                () -> address("127.0.0.1", port));
        return new GatedServer(
                new ContainerServer(
                        container,
                        PORT_IN_CONTAINER,
                        portBehind,
                        () -> requireAnswer(address("127.0.0.1", port))),
                port);
    }

    private static Map<String, String> asEnvironment(Map<String, String> settings) {
        return settings.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                e ->
                                        "KAFKA_"
                                                + e.getKey()
                                                        .replace('.', '_')
                                                        .toUpperCase(Locale.ROOT),
                                Map.Entry::getValue));
    }

    private static TestServer embedded() {
        var port = FreePorts.next();
        var controllerPort = FreePorts.next();
        return new EmbeddedServer<>(
                "kafka",
                port,
                directory -> {
                    var broker = EmbeddedBroker.start(directory, port, controllerPort, SETTINGS);
                    requireAnswer(address("127.0.0.1", port));
                    return broker;
                },
                EmbeddedBroker::stop);
    }

    private static void requireAnswer(String address) {
        Map<String, Object> settings =
                Map.of(
                        "bootstrap.servers",
                        address,
                        "default.api.timeout.ms",
                        "10000",
                        "request.timeout.ms",
                        "5000");
        try (var admin = Admin.create(settings)) {
            admin.describeCluster().nodes().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("Kafka does not answer yet", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka starts", e);
        }
    }
}
