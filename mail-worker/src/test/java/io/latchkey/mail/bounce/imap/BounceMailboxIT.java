package io.latchkey.mail.bounce.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.MessageIds;
import io.latchkey.mail.bounce.MailboxProperties;
import io.latchkey.mail.bounce.TestBounceRelay;
import io.latchkey.mail.bounce.TestReports;
import io.latchkey.mail.bounce.UnpublishedBounceException;
import io.latchkey.testing.TestOrders;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A mailbox on a real IMAP server. */
class BounceMailboxIT {
    private static final String PASSWORD = "password of the mailbox";
    private final GreenMail server = new GreenMail(ServerSetupTest.IMAP.dynamicPort());
    private final TestBounceRelay relay = new TestBounceRelay();
    private GreenMailUser user;

    @BeforeEach
    void start() {
        server.start();
        user = server.setUser("bounces@login.example", "bounces", PASSWORD);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void everyMailIsReadOnceAndMarked() throws Exception {
        var link = LinkId.next();
        deliver("Subject: Buy\r\n\r\nnow\r\n");
        deliver(TestReports.bounce("5.1.1", original(link)));
        deliver(
                TestReports.bounce(
                        "5.1.1",
                        original(link).replace(link.toString(), LinkId.next().toString())));

        mailbox(false).look();
        mailbox(false).look();

        assertThat(relay.published())
                .extracting(event -> event.context().linkId())
                .containsExactly(link);
        assertThat(relay.counted("hard_bounce")).isOne();
        assertThat(relay.counted("forged")).isOne();
        assertThat(relay.counted("other")).isOne();
        assertThat(flags()).hasSize(3).allMatch(flags -> flags.contains(Flags.Flag.SEEN));
    }

    @Test
    void whatWasNotPublishedIsReadAgain() throws Exception {
        var link = LinkId.next();
        deliver(TestReports.bounce("5.1.1", original(link)));
        relay.away(true);

        assertThatExceptionOfType(UnpublishedBounceException.class)
                .isThrownBy(() -> mailbox(true).look());
        assertThat(flags()).hasSize(1).noneMatch(flags -> flags.contains(Flags.Flag.SEEN));
        relay.away(false);
        mailbox(false).look();

        assertThat(relay.published()).hasSize(1);
    }

    @Test
    void whatIsReadIsDeletedWhereTheOperatorWantsIt() throws Exception {
        deliver("Subject: Buy\r\n\r\nnow\r\n");
        deliver(TestReports.complaint("abuse", original(LinkId.next())));

        mailbox(true).look();

        assertThat(flags()).isEmpty();
        assertThat(relay.counted("complaint")).isOne();
    }

    @Test
    void aMailThatIsTooLargeIsPassedOver() throws Exception {
        deliver(
                TestReports.bounce("5.1.1", original(LinkId.next()) + "x".repeat(998) + "\n")
                        + ("y".repeat(998) + "\r\n").repeat(1100));

        mailbox(false).look();

        assertThat(relay.published()).isEmpty();
        assertThat(relay.counted("other")).isOne();
        assertThat(flags()).hasSize(1).allMatch(flags -> flags.contains(Flags.Flag.SEEN));
    }

    @Test
    void whoeverIsNotLetInReadsNothing() throws Exception {
        deliver(TestReports.bounce("5.1.1", original(LinkId.next())));

        assertThatExceptionOfType(AuthenticationFailedException.class)
                .isThrownBy(() -> mailbox("wrong", false).look());

        assertThat(relay.published()).isEmpty();
    }

    @Test
    void aMailThatTheServerCannotShowHoldsUpNoOther() throws Exception {
        deliver(TestReports.bounce("5.1.1", original(LinkId.next())));
        var link = LinkId.next();
        deliver(TestReports.bounce("5.1.1", original(link)));

        try (var rude = new RudeImap(server.getImap().getPort(), false)) {
            var mailbox = mailbox(rude.port(), PASSWORD, false);
            mailbox.look();
            assertThat(relay.published())
                    .extracting(event -> event.context().linkId())
                    .containsExactly(link);
            assertThat(flags().getFirst().contains(Flags.Flag.SEEN)).isFalse();
            mailbox.look();
            mailbox.look();
            mailbox.look();
        }

        assertThat(flags()).allMatch(flags -> flags.contains(Flags.Flag.SEEN));
        assertThat(relay.counted("other")).isOne();
    }

    @Test
    void norDoesOneThatTheServerHangsUpAt() throws Exception {
        deliver(TestReports.bounce("5.1.1", original(LinkId.next())));
        var link = LinkId.next();
        deliver(TestReports.bounce("5.1.1", original(link)));

        try (var rude = new RudeImap(server.getImap().getPort(), true)) {
            var mailbox = mailbox(rude.port(), PASSWORD, false);
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(IOException.class).isThrownBy(mailbox::look);
            }
            mailbox.look();
        }

        assertThat(relay.published())
                .extracting(event -> event.context().linkId())
                .containsExactly(link);
        assertThat(relay.counted("other")).isOne();
    }

    private BounceMailbox mailbox(boolean delete) {
        return mailbox(PASSWORD, delete);
    }

    private BounceMailbox mailbox(String password, boolean delete) {
        return mailbox(server.getImap().getPort(), password, delete);
    }

    private BounceMailbox mailbox(int port, String password, boolean delete) {
        return new BounceMailbox(
                new MailboxProperties(
                        "127.0.0.1",
                        port,
                        "imap",
                        "bounces",
                        password,
                        "",
                        "INBOX",
                        Duration.ofSeconds(30),
                        delete),
                relay.recordBounceMail());
    }

    private static String original(LinkId link) {
        return "Message-ID: "
                + MessageIds.of(link, "k001", "login.example", TestOrders.RING.mail())
                + "\n\n";
    }

    private void deliver(String raw) throws MessagingException {
        var bytes = raw.getBytes(StandardCharsets.UTF_8);
        user.deliver(
                new MimeMessage(
                        Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)));
    }

    private List<Flags> flags() throws FolderException {
        return server.getManagers().getImapHostManager().getInbox(user).getMessages().stream()
                .map(mail -> mail.getFlags())
                .toList();
    }
}
