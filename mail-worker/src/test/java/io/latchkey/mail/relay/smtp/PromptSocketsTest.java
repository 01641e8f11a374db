package io.latchkey.mail.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

class PromptSocketsTest {
    @Test
    void aRelayIsTalkedToThroughThem() throws Exception {
        var settings = new MailProperties();
        settings.setHost("relay.example");
        var ten = Duration.ofSeconds(10);
        var limits = new SmtpProperties(1, ten, 1, ten, ten, ten);

        var session =
                SmtpSession.of(
                        settings, limits, "bounces@login.example", new DefaultSslBundleRegistry());

        var properties = session.session().getProperties();
        var sockets = (SocketFactory) properties.get("mail.smtp.socketFactory");
        try (var socket = sockets.createSocket()) {
            assertThat(socket.getTcpNoDelay()).isTrue();
        }
        // Else what cannot be reached is tried a second time by other means.
        assertThat(properties).containsEntry("mail.smtp.socketFactory.fallback", "false");
    }

    @Test
    void aSocksProxyIsNotPassedBy() {
        var settings = new MailProperties();
        settings.setHost("relay.example");
        settings.getProperties().put("mail.smtp.socks.host", "proxy.example");
        var ten = Duration.ofSeconds(10);

        var session =
                SmtpSession.of(
                        settings,
                        new SmtpProperties(1, ten, 1, ten, ten, ten),
                        "bounces@login.example",
                        new DefaultSslBundleRegistry());

        assertThat(session.session().getProperties()).doesNotContainKey("mail.smtp.socketFactory");
    }

    @Test
    void whateverIsAskedForIsPrompt() throws Exception {
        var sockets = new PromptSockets();
        var loopback = InetAddress.getLoopbackAddress();
        try (var server = new ServerSocket(0, 4, loopback);
                var first = sockets.createSocket(loopback, server.getLocalPort());
                var second = sockets.createSocket("localhost", server.getLocalPort());
                var third = sockets.createSocket(loopback, server.getLocalPort(), loopback, 0);
                var fourth =
                        sockets.createSocket("localhost", server.getLocalPort(), loopback, 0)) {
            for (var socket : List.of(first, second, third, fourth)) {
                assertThat(socket.isConnected()).isTrue();
                assertThat(socket.getTcpNoDelay()).isTrue();
            }
        }
    }
}
