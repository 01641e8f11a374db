package io.latchkey.standalone;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * One Kafka broker, its own controller, on loopback. Topics, offsets and the state of share groups
 * lie in {@code kafka} of the home directory and survive kill -9.
 */
final class EmbeddedKafka implements AutoCloseable {
    private static final int NODE_ID = 1;
    private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";
    private static final int PREFERRED_PORT = 29_092;
    private static final int PREFERRED_CONTROLLER_PORT = 29_093;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Returns when the broker answers, on the port it had the last time where that is free. */
    static EmbeddedKafka start(Home home) throws Exception {
        var directory = home.resolve("kafka");
        if (!Files.exists(directory.resolve("meta.properties"))) {
            format(directory);
        }
        var ports = NamedValues.read(home, "kafka.ports");
        var port = LoopbackPorts.keep(ports, "KAFKA_PORT", PREFERRED_PORT);
        var controllerPort =
                LoopbackPorts.keep(ports, "KAFKA_CONTROLLER_PORT", PREFERRED_CONTROLLER_PORT);
        var server =
                new KafkaRaftServer(
                        new KafkaConfig(settings(directory, port, controllerPort), false),
                        Time.SYSTEM);
        server.startup();
        return new EmbeddedKafka(server, port);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private static void format(Path directory) throws Exception {
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .run();
    }

    private static Map<String, String> settings(Path directory, int port, int controllerPort) {
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,CLIENTS:PLAINTEXT");
        settings.put(
                "listeners",
                "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("log.dirs", directory.toString());
        // After kill -9 the broker may come back only when its old registration has expired. At
        // other times, patience: a broker that was starved for a moment need not be fenced.
        settings.put("broker.session.timeout.ms", wasKilled(directory) ? "3000" : "9000");
        settings.put("broker.heartbeat.interval.ms", "500");
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.putAll(singleNode());
        settings.putAll(shareGroups());
        settings.putAll(smallProcess());
        return settings;
    }

    /** Whether somebody used the directory who has not left it in order. */
    private static boolean wasKilled(Path directory) {
        return Files.exists(directory.resolve("__cluster_metadata-0"))
                && !Files.exists(directory.resolve(CLEAN_SHUTDOWN));
    }

    private static Map<String, String> singleNode() {
        return Map.of(
                "default.replication.factor", "1",
                "min.insync.replicas", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    /** What the mail worker's share group needs of a broker: see the design, decision 8. */
    private static Map<String, String> shareGroups() {
        return Map.of(
                "group.share.max.size", "1000",
                "group.share.delivery.count.limit", "10",
                "group.share.record.lock.duration.ms", "60000");
    }

    /** The defaults are for a machine of its own: 128 MiB for the log cleaner alone. */
    private static Map<String, String> smallProcess() {
        return Map.of(
                "log.cleaner.dedupe.buffer.size", "4194304",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.num.partitions", "4",
                "metric.reporters", "");
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
