package io.latchkey.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.TrailRows;
import io.latchkey.audit.export.ExportTrail;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.verify.VerifyCommand;
import io.latchkey.events.EventEnvelope;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.test.StepVerifier;

/** A trail whose first partition is small, so that it is full soon. */
class RetentionIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int FIRST_PART = 512;
    private static final String FILE = "events-000000000000-000000000511.ndjson.gz";

    @TempDir private Path folder;
    private final TestDatabase database = TestPostgres.database("retention");
    private final TrailRows rows = new TrailRows(database);
    private AuditProcess process;

    @BeforeEach
    void fill() throws SQLException {
        // Makes the tables, and finds no Kafka to read from.
        AuditProcess.startUnready(database, "localhost:1", TestIssuer.jwksUrl()).close();
        try (var connection = rows.connect();
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE audit.audit_event_0");
            statement.execute(
                    "CREATE TABLE audit.audit_event_0 PARTITION OF audit.audit_event"
                            + " FOR VALUES FROM (0) TO (512)");
            statement.execute(
                    "CREATE TABLE audit.audit_event_0_rest PARTITION OF audit.audit_event"
                            + " FOR VALUES FROM (512) TO (1048576)");
        }
        start();
        publish(700);
    }

    private void publish(int count) {
        var before = signed();
        try (var topics = new TestTopics()) {
            topics.publish(
                    IntStream.range(0, count)
                            .<EventEnvelope<?>>mapToObj(
                                    _ -> TestEvents.confirmed(TestEvents.context()))
                            .toList());
        }
        await().atMost(SOON).until(() -> signed() >= before + count);
    }

    private void start(String... more) {
        var settings =
                Stream.of(
                        "--latchkey.retention.keep=1d",
                        "--latchkey.retention.archive=" + folder.resolve("archive"),
                        "--latchkey.retention.interval=1s");
        process =
                AuditProcess.start(
                        database, Stream.concat(settings, Stream.of(more)).toArray(String[]::new));
    }

    @AfterEach
    void stop() {
        process.close();
    }

    private long signed() {
        return rows.number("SELECT coalesce(max(size), 0) FROM audit.checkpoint");
    }

    private void makeOld() throws SQLException {
        execute("UPDATE audit.checkpoint SET signed_at = signed_at - interval '25 hours'");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = rows.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isDropped() {
        return rows.number("SELECT count(*) FROM audit.audit_event WHERE sequence < 512") == 0;
    }

    @Test
    void whatIsTooOldIsInAFileAndItsHashesStay() throws IOException, SQLException {
        var old = process.events("order=asc&limit=1").getFirst();
        var leaves =
                rows.texts(
                        "SELECT convert_from(leaf, 'UTF8') FROM audit.audit_event"
                                + " WHERE sequence < 512 ORDER BY sequence");
        var keptAround = folder.resolve("kept");
        assertThat(verify("--save=" + keptAround)).contains("The log is whole");

        makeOld();
        await().atMost(SOON).until(this::isDropped);

        assertThat(lines(folder.resolve("archive").resolve(FILE))).isEqualTo(leaves);
        assertThat(
                        rows.texts(
                                "SELECT first || ' ' || last || ' ' || file || ' ' ||"
                                        + " sha256 FROM audit.archived_events"))
                .containsExactly(
                        "0 511 " + FILE + " " + sha256(folder.resolve("archive").resolve(FILE)));
        assertThat(process.events("order=asc&limit=1").getFirst()).containsEntry("sequence", 512);
        assertThat(process.get("/api/v1/audit/events/" + old.get("event_id") + "/proof"))
                .containsEntry("sequence", 0);
        // Tests share their topics: it may be among what was dropped here.
        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(Stream.of(leaves, export()).flatMap(List::stream))
                                        .filteredOn(
                                                event ->
                                                        event.contains("\"audit.archive\"")
                                                                && event.contains("\"0-511\""))
                                        .hasSize(1));

        assertThat(
                        verify(
                                "--dropped-below=512",
                                "--checkpoint=" + keptAround.resolve("checkpoint")))
                .contains("The log is whole");
        assertThat(verify()).contains("event 0").contains("missing");
    }

    @Test
    void fileAndExportAreTheWholeLogAndTamperingIsFound() throws IOException, SQLException {
        makeOld();
        await().atMost(SOON).until(this::isDropped);
        var all = folder.resolve("all.ndjson");
        var lines = lines(folder.resolve("archive").resolve(FILE));
        var rest = export();

        Files.write(all, Stream.of(lines, rest).flatMap(List::stream).toList());
        assertThat(verify("--export=" + all)).contains("The log is whole");

        Files.writeString(
                all,
                Files.readString(all)
                        .replace(lines.get(77), lines.get(77).replace("success", "failure")));
        assertThat(verify("--export=" + all)).contains("event 77").contains("not what was hashed");
    }

    @Test
    void nothingIsDroppedThatTheFileDoesNotHold() throws IOException, SQLException {
        var archive = Files.createDirectories(folder.resolve("archive"));
        try (var out = new GZIPOutputStream(Files.newOutputStream(archive.resolve(FILE)))) {
            out.write("{\"sequence\":0}\n".getBytes(StandardCharsets.UTF_8));
        }
        makeOld();

        await().during(Duration.ofSeconds(4)).atMost(SOON).until(() -> !isDropped());
        assertThat(rows.number("SELECT count(*) FROM audit.archived_events")).isZero();

        // A file that is whole, as a crash between both steps leaves it.
        Files.delete(archive.resolve(FILE));
        await().atMost(SOON).until(this::isDropped);
        assertThat(lines(archive.resolve(FILE))).hasSize(FIRST_PART);
    }

    @Test
    void whatIsNotWhatWasHashedIsInNoFileUntilItIsMended() throws IOException, SQLException {
        execute("UPDATE audit.audit_event SET leaf = leaf || ' ' WHERE sequence = 77");
        makeOld();

        await().during(Duration.ofSeconds(4)).atMost(SOON).until(() -> !isDropped());
        assertThat(folder.resolve("archive").resolve(FILE)).doesNotExist();

        execute(
                "UPDATE audit.audit_event SET leaf = substr(leaf, 1, length(leaf) - 1)"
                        + " WHERE sequence = 77");
        await().atMost(SOON).until(this::isDropped);
        assertThat(lines(folder.resolve("archive").resolve(FILE))).hasSize(FIRST_PART);
    }

    @Test
    void whatAWebhookIsStillToBeToldOfStays() throws SQLException {
        process.close();
        execute("INSERT INTO audit.webhook (name, next_sequence) VALUES ('away', 0), ('old', 0)");
        execute("UPDATE audit.audit_event SET type = 'Alert' WHERE sequence = 100");
        var webhook = "--latchkey.alerts.webhooks[0].";
        start(
                webhook + "name=away",
                webhook + "url=http://localhost:1/",
                webhook + "secret=whsec_" + "A".repeat(32));
        makeOld();

        await().during(Duration.ofSeconds(4)).atMost(SOON).until(() -> !isDropped());
        execute("UPDATE audit.webhook SET next_sequence = 512 WHERE name = 'away'");
        await().atMost(SOON).until(this::isDropped);
    }

    @Test
    void anExportThatMayMissWhatWasDroppedMeanwhileEndsWithAnError() {
        // More than an export reads at a time.
        publish(700);
        StepVerifier.create(process.bean(ExportTrail.class).export(AuditFilter.all()), 1)
                .expectNextCount(1)
                .then(
                        () -> {
                            assertThatCode(this::makeOld).doesNotThrowAnyException();
                            await().atMost(SOON).until(this::isDropped);
                        })
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(_ -> true)
                .expectErrorMessage("old events were dropped meanwhile")
                .verify(SOON.multipliedBy(2));
    }

    @Test
    void whatIsYoungOrNotFullStays() throws SQLException {
        await().during(Duration.ofSeconds(3)).atMost(SOON).until(() -> !isDropped());
        makeOld();
        await().atMost(SOON).until(this::isDropped);
        await().during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> rows.number("SELECT min(sequence) FROM audit.audit_event") == 512);
        assertThat(rows.number("SELECT count(*) FROM audit.archived_events")).isEqualTo(1);
    }

    private List<String> export() {
        var text =
                Objects.requireNonNull(
                        process.auditor()
                                .mutate()
                                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(1 << 25))
                                .build()
                                .get()
                                .uri("/api/v1/audit/export?format=ndjson")
                                .exchange()
                                .expectBody(String.class)
                                .returnResult()
                                .getResponseBody());
        return text.lines().toList();
    }

    private static List<String> lines(Path file) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Both outputs of the command. */
    private String verify(String... options) {
        var all = new String[options.length + 2];
        all[0] = VerifyCommand.NAME;
        all[1] = "--url=" + process.url("");
        System.arraycopy(options, 0, all, 2, options.length);
        var said = new ByteArrayOutputStream();
        var usual = System.out;
        var usualErrors = System.err;
        try (var stream = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            System.setErr(stream);
            new VerifyCommand(AuditProcess.AUDIT_TOKEN).run(all);
        } finally {
            System.setOut(usual);
            System.setErr(usualErrors);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
