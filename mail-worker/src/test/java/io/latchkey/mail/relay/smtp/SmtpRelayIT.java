package io.latchkey.mail.relay.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.FailureClass;
import io.latchkey.mail.ScriptedRelay;
import io.latchkey.mail.ScriptedRelay.Stage;
import io.latchkey.mail.platform.UnusableSettingException;
import io.latchkey.mail.relay.FailureReason;
import io.latchkey.mail.relay.RelayReply;
import io.latchkey.rendering.Mail;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.subethamail.smtp.server.SMTPServer;

/** Whatever a relay does, a hand-over ends in time, and as what it was. */
class SmtpRelayIT {
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofMillis(2500);
    private final ScriptedRelay server = new ScriptedRelay();
    private final SmtpRelay relay = relay(server.port(), Map.of());

    private static SmtpRelay relay(int port, Map<String, String> settings) {
        var where = new MailProperties();
        where.setHost("127.0.0.1");
        where.setPort(port);
        where.getProperties().putAll(settings);
        return relay(where);
    }

    private static SmtpRelay relay(MailProperties where) {
        var limits =
                new SmtpProperties(
                        2, Duration.ofMinutes(1), 3, READ_TIMEOUT, READ_TIMEOUT, READ_TIMEOUT);
        return new SmtpRelay(
                "here",
                SmtpSession.of(
                        where, limits, "no-reply@login.example", new DefaultSslBundleRegistry()),
                limits,
                new DkimSigner(new DkimProperties("", "", null)),
                InstantSource.system());
    }

    static Mail mail(String to) {
        return mail(to, "Acme");
    }

    static Mail mail(String to, String words) {
        return new Mail(
                EmailAddress.parse(to),
                words,
                "no-reply@login.example",
                null,
                words,
                "text  \r\n.\r\nmore text\r\n\r\n" + words + "\r\n\r\n",
                "<p>" + words.repeat(50) + "</p>\r\n",
                "<link_1@login.example>",
                Locale.ENGLISH,
                "123456");
    }

    @AfterEach
    void stop() {
        relay.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GREETING, 554 not today, TRANSIENT, relay_unready",
        "GREETING, DROP, TRANSIENT, relay_unready",
        "EHLO, DROP, TRANSIENT, relay_unready",
        "MAIL, 451 4.3.0 later, TRANSIENT, deferred",
        "MAIL, 530 5.7.0 sign in first, TRANSIENT, relay_authentication",
        "MAIL, 553 5.1.8 sender refused, PERMANENT, refused",
        "MAIL, DROP, TRANSIENT, relay_lost",
        "RCPT, 450 4.2.1 busy, TRANSIENT, deferred",
        "RCPT, 421 4.3.2 closing, TRANSIENT, deferred",
        "RCPT, 550 5.1.1 no such user, PERMANENT, refused",
        "RCPT, SILENCE, TRANSIENT, relay_timeout",
        "RCPT, DROP, TRANSIENT, relay_lost",
        "DATA, 451 4.3.0 later, TRANSIENT, deferred",
        "DATA, 554 5.5.1 no, PERMANENT, refused",
        "DATA, DROP, TRANSIENT, relay_lost",
        "END, 452 4.2.2 full, TRANSIENT, deferred",
        "END, 552 5.2.3 too big, PERMANENT, refused",
        "END, DROP, AMBIGUOUS, unanswered",
        "END, SILENCE, AMBIGUOUS, unanswered",
        "END, TRICKLE, AMBIGUOUS, unanswered",
        "EHLO, TRICKLE, TRANSIENT, relay_timeout",
    })
    void aFailureIsClassedByWhereItHappened(
            Stage stage, String answer, FailureClass failureClass, String reason) {
        server.at(stage, answer);

        var began = System.nanoTime();
        var reply = relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isLessThan(DEADLINE.plusMillis(500));
        assertThat(reply)
                .isInstanceOfSatisfying(
                        RelayReply.Failed.class,
                        failed -> {
                            assertThat(failed.failureClass()).isEqualTo(failureClass);
                            assertThat(failed.reason()).hasToString(reason);
                        });
    }

    @Test
    void nobodyListeningIsTransient() throws Exception {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        try (var nobody = relay(port, Map.of())) {
            assertThat(nobody.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                    .isEqualTo(
                            new RelayReply.Failed(
                                    FailureClass.TRANSIENT, FailureReason.RELAY_UNREACHABLE, null));
        }
    }

    @Test
    void starttlsThatIsEnabledIsRequired() {
        try (var strict = relay(server.port(), Map.of("mail.smtp.starttls.enable", "true"))) {
            assertThat(strict.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                    .isEqualTo(
                            new RelayReply.Failed(
                                    FailureClass.TRANSIENT, FailureReason.RELAY_TLS, null));
        }
        assertThat(server.taken()).isEmpty();
    }

    @Test
    void whoSignsInRequiresTls() {
        var where = new MailProperties();
        where.setHost("127.0.0.1");
        where.setPort(server.port());
        where.setUsername("latchkey");
        where.setPassword("password-of-tests");

        try (var signingIn = relay(where)) {
            assertThat(signingIn.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                    .isEqualTo(
                            new RelayReply.Failed(
                                    FailureClass.TRANSIENT, FailureReason.RELAY_TLS, null));
        }
        assertThat(server.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }

    @Test
    void tlsIsUsedWhereItIsOffered(@TempDir Path directory) throws Exception {
        var received = new AtomicBoolean();
        var tls = selfSigned(directory.resolve("relay.p12"));
        var offering =
                SMTPServer.port(0)
                        .bindAddress(InetAddress.getLoopbackAddress())
                        .enableTLS()
                        .requireTLS()
                        .startTlsSocketFactory(tls)
                        .messageHandler((_, _, _, _) -> received.set(true))
                        .build();
        offering.start();

        try (var willing = relay(offering.getPortAllocated(), Map.of());
                var strict =
                        relay(
                                offering.getPortAllocated(),
                                Map.of("mail.smtp.starttls.enable", "true"))) {
            assertThat(willing.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                    .isInstanceOf(RelayReply.Accepted.class);
            assertThat(strict.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                    .isEqualTo(
                            new RelayReply.Failed(
                                    FailureClass.TRANSIENT, FailureReason.RELAY_TLS, null));
        } finally {
            offering.stop();
        }
        assertThat(received).isTrue();
    }

    /** As relays have it that nobody has given a certificate. */
    private static SSLContext selfSigned(Path file) throws Exception {
        var password = "changeit";
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=elsewhere",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                password)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        assertThat(made).isZero();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(
                KeyStore.getInstance(file.toFile(), password.toCharArray()),
                password.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void aSettingThatCannotBeHonouredIsRefused() {
        var where = new MailProperties();
        where.getSsl().setBundle("nowhere");

        assertThatThrownBy(() -> relay(where))
                .isInstanceOf(UnusableSettingException.class)
                .hasMessageContaining("spring.mail.ssl.bundle");
    }

    @Test
    void smtputf8IsAskedForOnlyWhereAnAddressNeedsIt() {
        server.at(Stage.EHLO, "250-scripted.example\r\n250 SMTPUTF8");

        relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE);
        relay.handOver(mail("grüße@example.com"), DEADLINE, DEADLINE);
        relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE);

        assertThat(server.heard())
                .filteredOn(line -> line.startsWith("MAIL"))
                .containsExactly(
                        "MAIL FROM:<no-reply@login.example>",
                        "MAIL FROM:<no-reply@login.example> SMTPUTF8",
                        "MAIL FROM:<no-reply@login.example>");
    }

    @Test
    void aForeignDomainNeedsNoSmtputf8() {
        var reply = relay.handOver(mail("ada@grüße.example"), DEADLINE, DEADLINE);

        assertThat(reply).isInstanceOf(RelayReply.Accepted.class);
        assertThat(server.heard())
                .contains(
                        "MAIL FROM:<no-reply@login.example>",
                        "RCPT TO:<ada@xn--gre-6ka8l.example>");
    }

    @Test
    void noHandOverTakesLongerThanItsMailHas() {
        server.at(Stage.RCPT, ScriptedRelay.SILENCE);

        var began = System.nanoTime();
        var reply = relay.handOver(mail("ada@example.com"), Duration.ofMillis(300), DEADLINE);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(READ_TIMEOUT);
        assertThat(reply)
                .isEqualTo(
                        new RelayReply.Failed(
                                FailureClass.TRANSIENT, FailureReason.RELAY_TIMEOUT, null));
    }

    @Test
    void whatBeginsAfterTheEndIsNotHandedOver() {
        relay.cutShort();

        assertThat(relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                .isEqualTo(
                        new RelayReply.Failed(
                                FailureClass.TRANSIENT, FailureReason.RELAY_TIMEOUT, null));
        assertThat(server.taken()).isEmpty();

        relay.startAgain();

        assertThat(relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                .isInstanceOf(RelayReply.Accepted.class);
    }

    @Test
    void aRelayWithoutSmtputf8IsNotAskedToTakeAForeignLocalPart() {
        var reply = relay.handOver(mail("grüße@example.com"), DEADLINE, DEADLINE);

        assertThat(reply)
                .isEqualTo(
                        new RelayReply.Failed(
                                FailureClass.PERMANENT, FailureReason.SMTPUTF8_UNSUPPORTED, null));
        assertThat(server.taken()).isEmpty();
    }

    @Test
    void connectionsAreKeptAndReplacedByCount() {
        for (int i = 0; i < 6; i++) {
            assertThat(relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE))
                    .isInstanceOf(RelayReply.Accepted.class);
        }

        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.taken()).hasSize(6);
    }

    @Test
    void aConnectionThatFailedIsNotUsedAgain() {
        server.at(Stage.RCPT, "550 no", "250 ok");

        relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE);
        var second = relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE);

        assertThat(second).isInstanceOf(RelayReply.Accepted.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void whatARelaySaysIsShownWithoutWhatItRepeats() {
        server.at(Stage.RCPT, "550 5.1.1 <ada@example.com>: blocked for https://x.example/l/tok");

        var reply = relay.handOver(mail("ada@example.com"), DEADLINE, DEADLINE);

        assertThat(reply.text()).isEqualTo("550 5.1.1 <address>: blocked for <link>");
    }
}
