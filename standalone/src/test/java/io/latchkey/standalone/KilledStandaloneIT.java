package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.standalone.inbox.Inbox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledStandaloneIT {
    @Test
    void whatWasAcceptedIsMailedAndRecordedAfterKillNine(@TempDir Path directory) throws Exception {
        var home = directory.resolve("home");
        var smtpPort = freePort();
        var settings = Map.of("SPRING_MAIL_HOST", "127.0.0.1", "SPRING_MAIL_PORT", smtpPort + "");
        String linkId;
        try (var killed = StandaloneProcess.start(home, settings);
                var demo = new DemoClient(killed.endpoints())) {
            linkId = demo.requestLink("ada@example.com");
            killed.kill();
        }

        var inbox = new Inbox(InstantSource.system());
        try (var restarted = StandaloneProcess.start(home, settings);
                var demo = new DemoClient(restarted.endpoints());
                var _ = EmbeddedSmtp.start(smtpPort, inbox)) {
            Awaitility.await("the mail")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> inbox.size() > 0);
            Awaitility.await("the audit trail")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertWhole(demo.auditTypes(linkId), inbox));
            // auth-api hears of the hand-over by itself, not through the audit trail.
            Awaitility.await("the link's status")
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    demo.linkStatus(linkId)
                                            .get("status")
                                            .stringValue()
                                            .equals("mailed"));
        }
    }

    /** A mail that was in flight may be repeated once: the same one. Each hand-over is recorded. */
    private static void assertWhole(List<String> auditTypes, Inbox inbox) {
        var mails = inbox.newest(Inbox.CAPACITY);
        assertThat(mails).hasSizeBetween(1, 2);
        assertThat(mails.stream().map(mail -> mail.messageId()).distinct()).hasSize(1);
        assertThat(mails)
                .allMatch(mail -> mail.to().getFirst().mailbox().equals("ada@example.com"));
        assertThat(auditTypes).containsOnlyOnce("LinkRequested");
        assertThat(auditTypes.stream().filter("MailSent"::equals)).hasSameSizeAs(mails);
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
