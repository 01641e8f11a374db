package io.latchkey.mail.bounce;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import io.latchkey.events.MailSent;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.TestRelay;
import io.latchkey.mail.TestTopics;
import io.latchkey.mail.TestWorker;
import io.latchkey.testing.TestOrders;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails that a worker has really sent, on their way back. */
class BouncesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private final GreenMail server = new GreenMail(ServerSetupTest.IMAP.dynamicPort());
    private GreenMailUser mailbox;
    private TestRelay relay;
    private TestTopics topics;
    private TestWorker worker;

    @BeforeEach
    void start() {
        server.start();
        mailbox = server.setUser("bounces@login.example", "bounces", "secret");
        relay = new TestRelay();
        topics = new TestTopics();
        worker =
                TestWorker.startReady(
                        relay.port(),
                        "latchkey.mail.bounce-address=bounces@login.example",
                        "latchkey.mail.bounces.host=127.0.0.1",
                        "latchkey.mail.bounces.port=" + server.getImap().getPort(),
                        "latchkey.mail.bounces.protocol=imap",
                        "latchkey.mail.bounces.user=bounces",
                        "latchkey.mail.bounces.password=secret",
                        "latchkey.mail.bounces.every=1s");
    }

    @AfterEach
    void stop() {
        worker.close();
        topics.close();
        relay.stop();
        server.stop();
    }

    @Test
    void aMailThatComesBackIsPublishedUnderSeal() throws Exception {
        var bounced = LinkId.next();
        var complained = LinkId.next();
        var mail = send(bounced);
        assertThat(mail.from()).isEqualTo("bounces@login.example");

        deliver(TestReports.bounce("5.1.1", mail.raw()));
        deliver(TestReports.complaint("abuse", send(complained).raw()));

        var event = awaitBounce(bounced);
        assertThat(event.failureClass()).isEqualTo(FailureClass.PERMANENT);
        assertThat(event.status()).isEqualTo("5.1.1");
        assertThat(event.context().reason()).isEqualTo("hard_bounce");
        assertThat(awaitBounce(complained).context().reason()).isEqualTo("complaint");
        assertThat(recordsOf(bounced)).hasSize(1).allMatch(BouncesIT::isGenuine);
    }

    @Test
    void theSameBounceIsTheSameEventHoweverOftenItIsRead() throws Exception {
        var link = LinkId.next();
        var report = TestReports.bounce("5.1.1", send(link).raw());

        deliver(report);
        deliver(report);

        Awaitility.await().atMost(PATIENCE).until(() -> recordsOf(link).size() == 2);
        assertThat(recordsOf(link))
                .extracting(record -> TestTopics.header(record, CloudEventCodec.ID))
                .doesNotContainNull()
                .containsOnly(TestTopics.header(recordsOf(link).getFirst(), CloudEventCodec.ID));
    }

    @Test
    void whoOnlyKnowsTheLinksIdBouncesNothing() throws Exception {
        var link = LinkId.next();
        var other = LinkId.next();
        var mail = send(link).raw();

        deliver(
                TestReports.bounce(
                        "5.1.1", mail.replaceAll("\\.[0-9a-f]{32}@", "." + "0".repeat(32) + "@")));
        deliver(TestReports.bounce("5.1.1", "Message-ID: <" + link + "@login.example>\r\n\r\n"));
        deliver(TestReports.bounce("5.1.1", send(other).raw()));

        assertThat(awaitBounce(other)).isNotNull();
        assertThat(recordsOf(link)).isEmpty();
    }

    private TestRelay.Received send(LinkId link) {
        var address = link + "@example.com";
        topics.send(TestOrders.record(TestOrders.order().of(link).to(address).sealed()));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> topics.eventsOf(link).stream().anyMatch(MailSent.class::isInstance));
        return relay.receivedBy(address).getFirst();
    }

    private void deliver(String raw) throws Exception {
        var bytes = raw.getBytes(StandardCharsets.UTF_8);
        mailbox.deliver(
                new MimeMessage(
                        Session.getInstance(new Properties()), new ByteArrayInputStream(bytes)));
    }

    private MailBounced awaitBounce(LinkId link) {
        Awaitility.await().atMost(PATIENCE).until(() -> !recordsOf(link).isEmpty());
        return (MailBounced) TestTopics.decode(recordsOf(link).getFirst()).event();
    }

    private List<ConsumerRecord<byte[], byte[]>> recordsOf(LinkId link) {
        return topics.all(
                Topics.MAIL_EVENTS,
                record ->
                        TestTopics.decode(record).event() instanceof MailBounced bounce
                                && link.equals(bounce.context().linkId()));
    }

    private static boolean isGenuine(ConsumerRecord<byte[], byte[]> record) {
        return EventSeal.isGenuine(
                TestTopics.header(record, CloudEventCodec.SEAL),
                TestTopics.header(record, CloudEventCodec.ID),
                TestTopics.header(record, CloudEventCodec.TYPE),
                record.value(),
                TestOrders.RING.mail());
    }
}
