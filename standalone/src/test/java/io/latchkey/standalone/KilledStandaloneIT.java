package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.standalone.DemoClient.ReceivedMail;
import io.latchkey.standalone.inbox.Inbox;
import io.latchkey.standalone.inbox.Mail;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** R1, S5, S12 and S15 across kill -9 of the process. */
class KilledStandaloneIT {
    private static final String WAITING = "ada@example.com";
    private static final String SIGNED_IN = "grace@example.com";
    private static final String LIMITED = "limited@example.com";
    private static final int LIMIT = 5;

    private final Inbox inbox = new Inbox(InstantSource.system());

    @Test
    void whatWasAcceptedIsMailedAndRecordedAndNothingIsForgotten(@TempDir Path directory)
            throws Exception {
        var home = directory.resolve("home");
        var smtpPort = freePort();
        var settings = Map.of("SPRING_MAIL_HOST", "127.0.0.1", "SPRING_MAIL_PORT", smtpPort + "");
        String linkId;
        String used;
        JsonNode begun;
        JsonNode refreshed;
        try (var killed = StandaloneProcess.start(home, settings);
                var demo = new DemoClient(killed.endpoints(), this::mails)) {
            try (var _ = EmbeddedSmtp.start(smtpPort, inbox)) {
                demo.requestLink(SIGNED_IN);
                used = demo.awaitMail(SIGNED_IN).link();
                begun = demo.exchange(DemoClient.codeOf(demo.press(used)));
                refreshed = tokens(demo, begun);
            }
            for (int i = 0; i < LIMIT; i++) {
                demo.requestLink(LIMITED);
            }
            linkId = demo.requestLink(WAITING);
            killed.kill();
        }

        try (var restarted = StandaloneProcess.start(home, settings);
                var demo = new DemoClient(restarted.endpoints(), this::mails)) {
            assertThat(demo.postLink(LIMITED).statusCode()).isEqualTo(429);
            // It listens on other ports than before.
            var page = demo.get(demo.url("auth_url") + URI.create(used).getPath());
            assertThat(page.statusCode()).isEqualTo(410);
            assertThat(page.body()).contains("The link was already used");
            assertRotated(demo, home, begun, refreshed);
            try (var _ = EmbeddedSmtp.start(smtpPort, inbox)) {
                assertMailedAndRecorded(demo, linkId);
            }
        }
    }

    /** The predecessor repeats the answer for ten seconds, and ends the session after them. */
    private static void assertRotated(
            DemoClient demo, Path home, JsonNode begun, JsonNode refreshed) throws Exception {
        // However long the start has taken.
        lastUsed(demo, home, "-1 second");
        assertThat(refreshToken(tokens(demo, begun))).isEqualTo(refreshToken(refreshed));
        assertThat(sessionId(tokens(demo, begun))).isEqualTo(sessionId(refreshed));
        lastUsed(demo, home, "-11 seconds");
        assertThat(demo.refresh(refreshToken(begun)).body()).contains("invalid_grant");
        assertThat(demo.refresh(refreshToken(refreshed)).body()).contains("invalid_grant");
        Awaitility.await("the record of it")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                // The predecessor was answered again, not used again.
                                assertThat(demo.auditTypesOfSession(sessionId(begun)))
                                        .containsExactlyInAnyOrder(
                                                "SessionIssued",
                                                "SessionRefreshed",
                                                "RefreshReuseDetected",
                                                "SessionRevoked"));
    }

    /** Moves the one use of a refresh token that there was. */
    private static void lastUsed(DemoClient demo, Path home, String fromNow) throws Exception {
        var password =
                Files.readAllLines(home.resolve("keys")).stream()
                        .map(line -> line.split("=", 2))
                        .filter(line -> line[0].equals("LATCHKEY_DATABASE_ADMIN_PASSWORD"))
                        .findFirst()
                        .orElseThrow()[1];
        var url = demo.text("r2dbc_url").replace("r2dbc:", "jdbc:");
        try (var connection = AtRest.connect(url, password);
                var statement =
                        connection.prepareStatement(
                                """
                                UPDATE auth.session SET rotated_at = ARRAY[now() + ?::interval]
                                WHERE rotated_at <> '{}'
                                """)) {
            statement.setString(1, fromNow);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private void assertMailedAndRecorded(DemoClient demo, String linkId) {
        Awaitility.await("the mail")
                .atMost(Duration.ofMinutes(2))
                .until(() -> !mailsTo(WAITING).isEmpty());
        Awaitility.await("the audit trail")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertWhole(demo.auditTypes(linkId)));
        // auth-api hears of the hand-over by itself, not through the audit trail.
        Awaitility.await("the link's status")
                .atMost(Duration.ofSeconds(30))
                .until(() -> demo.linkStatus(linkId).get("status").stringValue().equals("mailed"));
    }

    /** A mail that was in flight may be repeated once: the same one. Each hand-over is recorded. */
    private void assertWhole(List<String> auditTypes) {
        var mails = mailsTo(WAITING);
        assertThat(mails).hasSizeBetween(1, 2);
        assertThat(mails.stream().map(Mail::messageId).distinct()).hasSize(1);
        assertThat(auditTypes).containsOnlyOnce("LinkRequested");
        assertThat(auditTypes.stream().filter("MailSent"::equals)).hasSameSizeAs(mails);
    }

    private List<ReceivedMail> mails(String email) {
        return mailsTo(email).stream()
                .map(mail -> new ReceivedMail(mail.messageId(), mail.text()))
                .toList();
    }

    private List<Mail> mailsTo(String email) {
        return inbox.newest(Inbox.CAPACITY).stream()
                .filter(mail -> mail.to().getFirst().mailbox().equals(email))
                .toList();
    }

    private static JsonNode tokens(DemoClient demo, JsonNode before) {
        var answer = demo.refresh(refreshToken(before));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.get("refresh_token").stringValue();
    }

    private static String sessionId(JsonNode tokens) {
        return tokens.get("session_id").stringValue();
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
