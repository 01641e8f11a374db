package io.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.events.Means;
import io.latchkey.events.RevokedBy;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EventTypes;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.ScriptedRelay;
import io.latchkey.mail.ScriptedRelay.Stage;
import io.latchkey.mail.TestTopics;
import io.latchkey.mail.TestWorker;
import io.latchkey.testing.TestOrders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Links that end while their mail is on its way. */
class LinkEndsIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static ScriptedRelay relay;
    private static TestWorker worker;
    private static TestTopics topics;
    private final LinkId linkId = LinkId.next();

    @BeforeAll
    static void start() {
        relay = new ScriptedRelay();
        worker = TestWorker.startReady(relay.port());
        topics = new TestTopics();
    }

    @AfterAll
    static void stop() {
        worker.close();
        topics.close();
        relay.close();
    }

    @AfterEach
    void behave() {
        relay.behaveAt(Stage.RCPT);
    }

    /** Its mail has failed once, and waits. */
    private void orderThatWaits() {
        relay.at(Stage.RCPT, "450 4.2.1 busy");
        topics.send(TestOrders.record(TestOrders.order().of(linkId).sealed()));
        await().atMost(SOON)
                .until(
                        () ->
                                topics.eventsOf(linkId).stream()
                                        .anyMatch(MailAttemptFailed.class::isInstance));
    }

    private ProducerRecord<byte[], byte[]> end(Event event, KeyRing ring) {
        var codec = new CloudEventCodec();
        var id = EventId.next();
        var encoded = codec.encode(new EventEnvelope<>(id, "auth-api/test", Instant.now(), event));
        var data = encoded.data().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(Topics.LINK_ENDS.topic(), bytes(linkId.toString()), data);
        encoded.headers().forEach((name, value) -> record.headers().add(name, bytes(value)));
        var seal =
                EventSeal.of(id.toString(), EventTypes.typeOf(event.getClass()), data, ring.mail());
        record.headers().add(CloudEventCodec.SEAL, bytes(seal));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private LinkRevoked revoked() {
        return new LinkRevoked(TestOrders.order().of(linkId).sealed().context(), RevokedBy.APP);
    }

    private double ended() {
        return worker
                .bean(MeterRegistry.class)
                .find("latchkey.mail.deliveries")
                .tag("outcome", "ended")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void aLinkThatWasRevokedIsNotMailed() {
        orderThatWaits();
        var before = ended();

        topics.send(end(revoked(), TestOrders.RING));
        await().atMost(SOON).until(() -> ended() == before + 1);

        relay.behaveAt(Stage.RCPT);
        letAnOrderPass();
        assertThat(relay.taken()).noneMatch(mail -> mail.contains("<" + linkId + "."));
        // The books have its end from auth-api.
        assertThat(topics.eventsOf(linkId)).allMatch(MailAttemptFailed.class::isInstance);
    }

    private static void letAnOrderPass() {
        var passing = LinkId.next();
        topics.send(TestOrders.record(TestOrders.order().of(passing).sealed()));
        await().atMost(SOON)
                .until(
                        () ->
                                topics.eventsOf(passing).stream()
                                        .anyMatch(MailSent.class::isInstance));
    }

    @Test
    void theMailOfALinkThatWasUsedIsGivenUpOnceAndForAll() {
        orderThatWaits();

        var context = TestOrders.order().of(linkId).sealed().context();
        topics.send(end(new LinkConfirmed(context, Means.BUTTON, null), TestOrders.RING));

        await().atMost(SOON)
                .until(
                        () ->
                                topics.eventsOf(linkId).stream()
                                        .anyMatch(MailAbandoned.class::isInstance));
        assertThat(topics.eventsOf(linkId).getLast().context().reason()).isEqualTo("link_used");
        assertThat(
                        topics.all(
                                Topics.DEAD_LETTERS,
                                r -> linkId.toString().equals(TestTopics.header(r, "link-id"))))
                .isEmpty();
    }

    @Test
    void anEndThatNobodyHasSealedKeepsNoMailBack() {
        topics.send(end(revoked(), KeyRing.parse(KeyRing.generate("k001"))));
        // Both come by one topic, so that what is known of the second is known of the first.
        var known = new LinkEndsIT();
        topics.send(known.end(known.revoked(), TestOrders.RING));
        await().atMost(SOON).until(() -> worker.bean(LinkEnds.class).of(known.linkId).isPresent());

        topics.send(TestOrders.record(TestOrders.order().of(linkId).sealed()));

        await().atMost(SOON)
                .until(() -> topics.eventsOf(linkId).stream().anyMatch(MailSent.class::isInstance));
    }

    @Test
    void aWorkerKnowsTheEndsFromBeforeItsStart() {
        topics.send(end(revoked(), TestOrders.RING));
        worker.close();

        worker = TestWorker.start(relay.port());
        topics.send(TestOrders.record(TestOrders.order().of(linkId).sealed()));

        letAnOrderPass();
        await().atMost(SOON).until(() -> ended() == 1);
        assertThat(relay.taken()).noneMatch(mail -> mail.contains("<" + linkId + "."));
    }

    /** Both orders are of one person and so of one partition: the worker takes them together. */
    @Test
    void aLinkThatEndsWhileItsOrderWaitsForAPlaceIsNotMailed() {
        worker.close();
        relay.at(Stage.RCPT, ScriptedRelay.SILENCE, "250 recipient ok");
        var heard = relay.heard().size();
        topics.send(TestOrders.record(TestOrders.order().of(LinkId.next()).sealed()));
        topics.send(TestOrders.record(TestOrders.order().of(linkId).sealed()));
        worker =
                TestWorker.start(
                        relay.port(),
                        "latchkey.mail.concurrency=1",
                        "latchkey.mail.smtp.read-timeout=8s");
        await().atMost(SOON)
                .until(
                        () ->
                                relay.heard().stream()
                                        .skip(heard)
                                        .anyMatch(line -> line.startsWith("RCPT")));

        topics.send(end(revoked(), TestOrders.RING));

        await().atMost(SOON).until(() -> ended() == 1);
        assertThat(relay.taken()).noneMatch(mail -> mail.contains("<" + linkId + "."));
        worker.close();
        worker = TestWorker.start(relay.port());
    }
}
