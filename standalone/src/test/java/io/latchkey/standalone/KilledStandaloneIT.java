package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.standalone.inbox.Inbox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
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
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> inbox.size() > 0);
            Awaitility.await("the audit trail")
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(
                            () ->
                                    assertThat(demo.auditTypes(linkId))
                                            .containsOnlyOnce("LinkRequested", "MailSent"));
            assertThat(demo.linkStatus(linkId).get("status").stringValue()).isEqualTo("mailed");
            assertThat(inbox.newest(2))
                    .hasSize(1)
                    .allMatch(mail -> mail.to().getFirst().mailbox().equals("ada@example.com"));
        }
    }

    private static int freePort() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
