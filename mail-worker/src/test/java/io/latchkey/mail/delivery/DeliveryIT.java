package io.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.events.LinkId;
import io.latchkey.events.MailSent;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.TestOrders;
import io.latchkey.mail.TestRelay;
import io.latchkey.mail.TestTopics;
import io.latchkey.mail.TestWorker;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Orders in on Kafka, mails out over SMTP, and on Kafka what became of them. */
class DeliveryIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static TestRelay relay;
    private static TestWorker worker;
    private static TestTopics topics;

    @BeforeAll
    static void start() {
        relay = new TestRelay();
        worker = TestWorker.start(relay.port());
        topics = new TestTopics();
    }

    @AfterAll
    static void stop() {
        worker.close();
        topics.close();
        relay.stop();
    }

    @Test
    void anOrderBecomesOneMailAndOneSealedEvent() {
        var linkId = LinkId.next();
        var order = TestOrders.order().of(linkId).to("happy@example.com").sealed();

        topics.send(TestOrders.record(order));

        await().atMost(SOON).until(() -> !topics.eventsOf(linkId).isEmpty());
        var mail = relay.receivedBy("happy@example.com").getFirst();
        var token = LinkToken.of(linkId, order.kid(), TestOrders.RING.mail());
        assertThat(mail.raw().replace("=\r\n", "")).contains(TestOrders.CONFIRM_URL_BASE + token);
        assertThat(topics.eventsOf(linkId))
                .singleElement()
                .isInstanceOfSatisfying(
                        MailSent.class,
                        sent -> {
                            assertThat(sent.attempt()).isOne();
                            assertThat(sent.context().subject())
                                    .isEqualTo(order.context().subject());
                        });
        assertThat(topics.all(Topics.MAIL_EVENTS))
                .allSatisfy(
                        record ->
                                assertThat(
                                                EventSeal.isGenuine(
                                                        TestTopics.header(record, "ce_seal"),
                                                        TestTopics.header(record, "ce_id"),
                                                        TestTopics.header(record, "ce_type"),
                                                        record.value(),
                                                        TestOrders.RING.mail()))
                                        .isTrue());
    }
}
