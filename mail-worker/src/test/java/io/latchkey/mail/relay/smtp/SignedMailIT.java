package io.latchkey.mail.relay.smtp;

import static io.latchkey.mail.relay.smtp.SmtpRelayIT.mail;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.mail.TestRelay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** A signature is worth what a receiver makes of it. */
class SignedMailIT {
    private static final Duration TIME = Duration.ofSeconds(20);
    private final TestRelay server = new TestRelay();
    @TempDir private Path directory;

    @AfterEach
    void stop() {
        server.stop();
    }

    private SmtpRelay relay(DkimSigner signer, String... settings) {
        var where = new MailProperties();
        where.setHost("127.0.0.1");
        where.setPort(server.port());
        for (var setting : settings) {
            where.getProperties().put(setting, "true");
        }
        var limits = new SmtpProperties(2, TIME, 3, TIME, TIME, TIME);
        return new SmtpRelay(
                "here",
                SmtpSession.of(
                        where, limits, "no-reply@login.example", new DefaultSslBundleRegistry()),
                limits,
                signer,
                InstantSource.system());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail.smtp.ehlo", "mail.smtp.allow8bitmime"})
    void aReceivedMailIsTheOneThatWasSigned(String setting) throws Exception {
        var keys = DkimSignerTest.keys(2048);

        try (var relay = relay(DkimSignerTest.signer(directory, keys), setting)) {
            relay.handOver(mail("ada@example.com"), TIME, TIME);
            relay.handOver(mail("ada@example.com", "Größe"), TIME, TIME);
        }

        assertThat(server.received()).hasSize(2);
        for (var received : server.received()) {
            assertThat(DkimSignerTest.verify(received.raw(), keys)).hasSize(1);
        }
    }

    @Test
    void withoutAKeyMailsGoUnsigned() {
        try (var relay = relay(new DkimSigner(new DkimProperties("", "", null)))) {
            relay.handOver(mail("ada@example.com"), TIME, TIME);
        }

        assertThat(server.received()).hasSize(1);
        assertThat(server.received().getFirst().raw()).doesNotContain("DKIM-Signature");
    }
}
