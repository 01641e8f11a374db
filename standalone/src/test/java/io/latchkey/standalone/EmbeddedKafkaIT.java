package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {
    @Test
    void keepsRecordsAndItsPortAndServesShareGroups(@TempDir Path directory) throws Exception {
        try (var home = Home.open(directory)) {
            String servers;
            try (var kafka = EmbeddedKafka.start(home)) {
                servers = kafka.bootstrapServers();
                createTopic(servers);
                send(servers, "kept");
            }

            try (var kafka = EmbeddedKafka.start(home)) {
                assertThat(kafka.bootstrapServers()).isEqualTo(servers);
                assertThat(readThroughShareGroup(servers)).containsExactly("kept");
            }
        }
    }

    private static void createTopic(String servers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) -1))).all().get();
        }
    }

    private static void send(String servers, String value) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>("t", value)).get();
        }
    }

    private static List<String> readThroughShareGroup(String servers) throws Exception {
        var group = Map.<String, Object>of("bootstrap.servers", servers, "group.id", "g");
        fromTheBeginning(servers);
        try (var consumer =
                new KafkaShareConsumer<>(
                        group, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("t"));
            var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (System.nanoTime() < deadline) {
                var records = consumer.poll(Duration.ofMillis(500));
                if (!records.isEmpty()) {
                    return StreamSupport.stream(records.spliterator(), false)
                            .map(r -> r.value())
                            .toList();
                }
            }
            return List.of();
        }
    }

    private static void fromTheBeginning(String servers) throws Exception {
        var group = new ConfigResource(ConfigResource.Type.GROUP, "g");
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    group,
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "share.auto.offset.reset", "earliest"),
                                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
