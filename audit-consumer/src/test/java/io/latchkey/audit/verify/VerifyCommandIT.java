package io.latchkey.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.TrailRows;
import io.latchkey.events.EventEnvelope;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Checks a log of a process of its own, and then changes its tables behind its back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VerifyCommandIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int EVENTS = 700;
    private static final TestDatabase DATABASE = TestPostgres.database("verified");
    private static final TrailRows ROWS = new TrailRows(DATABASE);
    @TempDir private static Path directory;
    private static AuditProcess process;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeAll
    static void start() {
        process = AuditProcess.start(DATABASE);
        publish();
    }

    private static void publish() {
        try (var topics = new TestTopics()) {
            topics.publish(
                    IntStream.range(0, EVENTS)
                            .<EventEnvelope<?>>mapToObj(
                                    _ -> TestEvents.confirmed(TestEvents.context()))
                            .toList());
        }
        awaitCovered();
    }

    /** Until nothing more is written: the last reading may still be on its way. */
    private static void awaitCovered() {
        await().atMost(SOON)
                .until(
                        () ->
                                ROWS.number("SELECT size FROM audit.log_state") >= EVENTS
                                        && ROWS.number("SELECT max(size) FROM audit.checkpoint")
                                                == ROWS.number("SELECT size FROM audit.log_state"));
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    private static Answer verify(String... options) {
        var arguments = new ArrayList<>(List.of("verify"));
        arguments.addAll(Arrays.asList(options));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var usualOut = System.out;
        var usualErr = System.err;
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            var exitCode =
                    new VerifyCommand(AuditProcess.AUDIT_TOKEN)
                            .run(arguments.toArray(String[]::new));
            return new Answer(
                    exitCode,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }

    private static String url() {
        return "--url=" + process.url("");
    }

    private static Path saved() {
        return directory.resolve("saved");
    }

    @Test
    @Order(1)
    void aWholeLogIsVerifiedOverHttpAndSaved() {
        var answer = verify(url(), "--save=" + saved());

        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("The log is whole: ", "sign-in.example/audit");
        assertThat(saved().resolve("tile/0/000")).hasSize(256 * 32);
    }

    @Test
    @Order(2)
    void whatWasSavedIsVerifiedOffline() {
        var answer = verify("--dir=" + saved());

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("whose key that is, was not checked");
        var key = answer.out().replaceAll("(?s).*signed by (\\S+);.*", "$1");
        assertThat(verify("--dir=" + saved(), "--key=" + key).out())
                .contains("The log is whole: ")
                .doesNotContain("was not checked");
    }

    @Test
    @Order(3)
    void whatWasKeptIsNotWrittenOver() throws Exception {
        var before = Files.readString(saved().resolve("checkpoint"));

        var answer = verify(url(), "--save=" + saved());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("--save: a log is there already");
        assertThat(saved().resolve("checkpoint")).hasContent(before);
    }

    @Test
    @Order(3)
    void anExportIsVerifiedAgainstTilesAndACheckpoint() throws Exception {
        var export = directory.resolve("export.ndjson");
        var body =
                process.auditor()
                        .mutate()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
                        .build()
                        .get()
                        .uri("/api/v1/audit/export?format=ndjson")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        Files.writeString(export, String.valueOf(body));

        assertThat(verify("--dir=" + saved(), "--export=" + export))
                .satisfies(VerifyCommandIT::whole);

        var lines = new ArrayList<>(Files.readAllLines(export));
        lines.remove(300);
        Files.write(export, lines);
        var answer = verify("--dir=" + saved(), "--export=" + export);
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).startsWith("event 300: another event is in its place");
    }

    private static void whole(Answer answer) {
        assertThat(answer.err()).isEmpty();
        assertThat(answer.exitCode()).isZero();
    }

    @Test
    @Order(4)
    void aLaterLogIsFoundToBeginWithAnEarlierCheckpoint() {
        var kept = saved().resolve("checkpoint");
        publish();

        var answer = verify(url(), "--checkpoint=" + kept, "--kept=" + saved());

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).contains("earlier checkpoints: 1");
    }

    @Test
    @Order(5)
    void aKeyOfSomebodyElseIsRefused() {
        var answer =
                verify(
                        url(),
                        "--key=PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("not signed by PeterNeumann");
    }

    @Test
    @Order(6)
    void wrongOptionsAreNamed() {
        assertThat(verify().exitCode()).isEqualTo(2);
        assertThat(verify("--url=http://localhost:1", "--dir=x").err())
                .contains("expected: --url=URL or --dir=DIR");
        assertThat(verify("--dir=x", "--colour=red").err()).contains("--colour: unknown option");
        assertThat(verify("--dir=" + directory.resolve("nothing")).exitCode()).isEqualTo(2);
        assertThat(verify("--url=http://localhost:1").exitCode()).isEqualTo(2);
        assertThat(verify("--dir=x", "--dropped-below=y").exitCode()).isEqualTo(2);
    }

    @Test
    @Order(7)
    void aTableThatWasChangedIsFoundAndTheEventNamed() throws Exception {
        changed(
                "UPDATE audit.audit_event SET leaf = convert_to(replace(convert_from(leaf, 'UTF8'),"
                        + " 'button', 'code'), 'UTF8') WHERE sequence = 321",
                321);
        changed("DELETE FROM audit.audit_event WHERE sequence = 17", 17);
    }

    private static void changed(String sql, long sequence) throws Exception {
        try (var connection = ROWS.connect();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
        var answer = verify(url());
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).startsWith("event " + sequence + ": ");
    }

    /** The last, as nothing is signed afterwards. */
    @Test
    @Order(8)
    void aLogWhoseHashesWereChangedIsNotSignedAnyMore() throws Exception {
        awaitCovered();
        var checkpoints = ROWS.number("SELECT count(*) FROM audit.checkpoint");
        try (var connection = ROWS.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE audit.tile SET hashes = substr(hashes, 33) || substr(hashes, 1, 32)"
                            + " WHERE level = 0 AND index = 0");
        }
        // The hashes of full tiles are read where the root of an earlier size is needed.
        try (var connection = ROWS.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE audit.tile SET hashes = substr(hashes, 33) || substr(hashes, 1, 32)"
                            + " WHERE level = 1 AND index = 0");
        }

        try (var topics = new TestTopics()) {
            topics.publish(List.of(TestEvents.confirmed(TestEvents.context())));
        }

        await().atMost(SOON)
                .until(() -> metrics().contains("latchkey_audit_log_whole{") && !isWhole());
        assertThat(ROWS.number("SELECT count(*) FROM audit.checkpoint")).isEqualTo(checkpoints);
    }

    private static boolean isWhole() {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("latchkey_audit_log_whole{"))
                .allMatch(line -> line.endsWith(" 1.0"));
    }

    private static String metrics() {
        return String.valueOf(
                process.anonymous()
                        .get()
                        .uri("/actuator/prometheus")
                        .exchange()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }
}
