package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.standalone.inbox.Inbox;
import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;
import tools.jackson.databind.json.JsonMapper;

/** On PostgreSQL, Kafka and a relay of its user's, which come and go. */
class OutagesIT {
    @TempDir static Path directory;
    private static final Inbox INBOX = new Inbox(InstantSource.system());
    private static Standalone standalone;
    private static DemoClient demo;
    private static EmbeddedSmtp relay;
    private static int relayPort;

    @BeforeAll
    static void start() throws Exception {
        var database = TestPostgres.database("standalone");
        relayPort = freePort();
        relay = EmbeddedSmtp.start(relayPort, INBOX);
        var settings =
                Settings.read(
                        "--latchkey.home=" + directory,
                        "--latchkey.auth-port=0",
                        "--latchkey.mail-port=0",
                        "--latchkey.audit-port=0",
                        "--latchkey.inbox-port=0",
                        "--spring.r2dbc.url=" + database.r2dbcUrl(),
                        "--spring.r2dbc.username=" + database.username(),
                        "--spring.r2dbc.password=" + database.password(),
                        "--spring.kafka.bootstrap-servers=" + TestKafka.bootstrapServers(),
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + relayPort);
        var home = Home.open(directory);
        Logging.start(settings.environment(), home);
        standalone = new Standalone(home, settings);
        standalone.start();
        demo =
                new DemoClient(
                        JsonMapper.shared().readTree(directory.resolve("endpoints.json").toFile()));
    }

    @AfterAll
    static void stop() {
        demo.close();
        standalone.close();
        relay.close();
    }

    @Test
    void withoutKafkaRequestsAreAcceptedAndTheirMailsFollow() {
        String linkId;
        TestKafka.stop();
        try {
            linkId = demo.requestLink("kafka@example.com");
        } finally {
            TestKafka.start();
        }

        awaitAudit(linkId, "LinkRequested");
        awaitMail("kafka@example.com");
        awaitAudit(linkId, "LinkRequested", "MailSent");
    }

    @Test
    void withoutPostgresRequestsAreRefusedInTimeAndServedAgainWithoutARestart() {
        HttpResponse<String> refused;
        long tookMillis;
        TestPostgres.stop();
        try {
            var before = System.nanoTime();
            refused = demo.postLink("refused@example.com");
            tookMillis = Duration.ofNanos(System.nanoTime() - before).toMillis();
        } finally {
            TestPostgres.start();
        }

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("\"unavailable\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(tookMillis).isLessThan(3_000);
        var accepted =
                Awaitility.await("recovery")
                        .atMost(Duration.ofSeconds(15))
                        .until(
                                () -> demo.postLink("back@example.com"),
                                answer -> answer.statusCode() == 202);
        awaitMail("back@example.com");
        awaitAudit(
                JsonMapper.shared().readTree(accepted.body()).get("link_id").stringValue(),
                "LinkRequested",
                "MailSent");
        assertThat(INBOX.newest(Inbox.CAPACITY))
                .noneMatch(mail -> mail.to().getFirst().mailbox().startsWith("refused@"));
    }

    @Test
    void withoutARelayRequestsAreAcceptedAndTheirMailsFollow() {
        String linkId;
        relay.close();
        try {
            linkId = demo.requestLink("relay@example.com");
            Awaitility.await("an attempt")
                    .until(() -> demo.auditTypes(linkId).contains("MailAttemptFailed"));
        } finally {
            relay = EmbeddedSmtp.start(relayPort, INBOX);
        }

        awaitMail("relay@example.com");
        awaitAudit(linkId, "LinkRequested", "MailSent");
    }

    @Test
    void aMailThatWasRefusedIsSentWhenAnOperatorSaysSo() {
        var refusing =
                SMTPServer.port(relayPort)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .messageHandler(
                                (_, _, _, _) -> {
                                    throw new RejectException(550, "5.7.1 not from you");
                                })
                        .build();
        relay.close();
        String linkId;
        try {
            refusing.start();
            linkId = demo.requestLink("replayed@example.com");
            Awaitility.await("the failure")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> status(linkId).equals("failed"));
        } finally {
            refusing.stop();
            relay = EmbeddedSmtp.start(relayPort, INBOX);
        }
        var administrator = "Bearer " + demo.text("mail_admin_token");
        var letters = demo.url("mail_url") + "/api/v1/dead-letters";
        // The list of dead letters is read from Kafka, as the status is, each in its own time.
        var letter =
                Awaitility.await("the dead letter")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> letterOf(linkId, letters, administrator), Optional::isPresent)
                        .orElseThrow();

        var replayed = demo.call("POST", letters + "/" + letter + "/replay", administrator);

        assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(204);
        awaitMail("replayed@example.com");
        awaitAudit(linkId, "LinkRequested", "MailAbandoned", "MailRequeued", "MailSent");
        Awaitility.await().until(() -> status(linkId).equals("mailed"));
    }

    @Test
    void aLinkThatIsRevokedWhileTheRelayIsAwayIsNotMailed() {
        String linkId;
        relay.close();
        try {
            linkId = demo.requestLink("revoked@example.com");
            Awaitility.await("an attempt")
                    .until(() -> demo.auditTypes(linkId).contains("MailAttemptFailed"));
            var revoked = demo.asApp("DELETE", demo.url("auth_url") + "/api/v1/links/" + linkId);
            assertThat(revoked.statusCode()).isEqualTo(204);
        } finally {
            relay = EmbeddedSmtp.start(relayPort, INBOX);
        }

        Awaitility.await("the end of its order")
                .atMost(Duration.ofMinutes(2))
                .until(
                        () ->
                                demo.get(demo.url("mail_url") + "/actuator/prometheus")
                                        .body()
                                        .contains("outcome=\"ended\""));
        assertThat(INBOX.newest(Inbox.CAPACITY))
                .noneMatch(mail -> mail.to().getFirst().mailbox().startsWith("revoked@"));
        awaitAudit(linkId, "LinkRequested", "LinkRevoked");
    }

    private static String status(String linkId) {
        return demo.linkStatus(linkId).get("status").stringValue();
    }

    private static void awaitMail(String address) {
        Awaitility.await("mail to " + address)
                .atMost(Duration.ofMinutes(2))
                .until(
                        () ->
                                INBOX.newest(Inbox.CAPACITY).stream()
                                        .anyMatch(
                                                mail ->
                                                        mail.to()
                                                                .getFirst()
                                                                .mailbox()
                                                                .equals(address)));
    }

    private static void awaitAudit(String linkId, String... types) {
        Awaitility.await("the audit trail")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(demo.auditTypes(linkId)).containsOnlyOnce(types));
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Optional<String> letterOf(String linkId, String letters, String administrator) {
        return demo.getJson(letters + "?limit=200", administrator)
                .required("items")
                .valueStream()
                .filter(item -> item.required("link_id").stringValue().equals(linkId))
                .findFirst()
                .map(item -> item.required("id").stringValue());
    }
}
