package io.latchkey.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that a standalone keeps, as text to search in: bytes stand for Latin-1 letters. */
final class AtRest {
    private AtRest() {}

    /** Every row of every table of ours; binary columns in hexadecimal. */
    static String database(String jdbcUrl, String password) throws SQLException {
        var text = new StringBuilder();
        try (var connection = connect(jdbcUrl, password)) {
            for (var table : tables(connection)) {
                append(connection, table, text);
            }
        }
        return text.toString();
    }

    /** As the database's administrator, who may change what time alone would. */
    static Connection connect(String jdbcUrl, String password) throws SQLException {
        var user = new Properties();
        user.setProperty("user", "postgres");
        user.setProperty("password", password);
        return DriverManager.getConnection(jdbcUrl, user);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT quote_ident(schemaname) || '.' || quote_ident(tablename)
                                FROM pg_tables
                                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
                                """)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void append(Connection connection, String table, StringBuilder text)
            throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
            while (rows.next()) {
                text.append(table).append(' ').append(rows.getString(1)).append('\n');
            }
        }
    }

    /** Every record of every topic, the broker's own too: key, headers, value. */
    static String topics(String bootstrapServers) {
        var text = new StringBuilder();
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers);
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions =
                    consumer.listTopics().values().stream()
                            .flatMap(List::stream)
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> append(record, text));
            }
        }
        return text.toString();
    }

    private static void append(ConsumerRecord<byte[], byte[]> record, StringBuilder text) {
        text.append(record.topic()).append(' ').append(latin1(record.key())).append(' ');
        record.headers()
                .forEach(
                        h ->
                                text.append(h.key())
                                        .append('=')
                                        .append(latin1(h.value()))
                                        .append(' '));
        text.append(latin1(record.value())).append('\n');
    }

    private static String latin1(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Every log file of the home. */
    static String logs(Path home) throws IOException {
        var text = new StringBuilder();
        try (var files = Files.walk(home.resolve("logs"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }
}
