package io.latchkey.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** That the infrastructure does what other tests rely on. */
class TestInfrastructureIT {
    @Test
    void databasesAreApartAndOutliveARestartOnTheSamePort() throws Exception {
        var one = TestPostgres.database("infra");
        var other = TestPostgres.database("infra");
        execute(one, "CREATE TABLE kept (n int)");
        execute(one, "INSERT INTO kept VALUES (1)");

        TestPostgres.stop();
        try {
            assertThatThrownBy(() -> execute(one, "SELECT 1")).isInstanceOf(SQLException.class);
        } finally {
            TestPostgres.start();
        }

        execute(one, "SELECT n / 1 FROM kept");
        assertThatThrownBy(() -> execute(other, "SELECT n FROM kept"))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> execute(one, "CREATE ROLE intruder"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void shareGroupsReadAcrossARestartOnTheSamePort() throws Exception {
        var before = TestKafka.bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", before))) {
            admin.createTopics(List.of(new NewTopic("infra", 2, (short) 1))).all().get();
            readFromTheStart(admin, "infra-group");
        }
        send("before");

        TestKafka.stop();
        try {
            assertThat(FreePorts.isOpen("127.0.0.1", portOf(before))).isFalse();
        } finally {
            TestKafka.start();
        }
        send("after");

        assertThat(TestKafka.bootstrapServers()).isEqualTo(before);
        assertThat(readAll("infra-group", 2)).containsExactlyInAnyOrder("before", "after");
    }

    private static int portOf(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.username(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void readFromTheStart(Admin admin, String group) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var earliest =
                new AlterConfigOp(
                        new ConfigEntry("share.auto.offset.reset", "earliest"),
                        AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(earliest))).all().get();
    }

    private static void send(String value) throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        clientSettings(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("infra", value)).get();
        }
    }

    private static List<String> readAll(String group, int count) {
        var settings = new java.util.HashMap<String, Object>(clientSettings());
        settings.put("group.id", group);
        var values = new ArrayList<String>();
        try (var consumer =
                new KafkaShareConsumer<>(
                        settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("infra"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(500))
                                        .forEach(record -> values.add(record.value()));
                                return values.size() >= count;
                            });
        }
        return values;
    }

    private static Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", TestKafka.bootstrapServers());
    }
}
