package io.latchkey.mail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.events.Event;
import io.latchkey.events.EventId;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.events.secret.OrderSeal;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.ScriptedRelay;
import io.latchkey.mail.ScriptedRelay.Stage;
import io.latchkey.mail.TestTopics;
import io.latchkey.mail.TestWorker;
import io.latchkey.testing.TestOrders;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders in on Kafka, mails out over SMTP, and on Kafka what became of them. */
class DeliveryIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static ScriptedRelay relay;
    private static TestWorker worker;
    private static TestTopics topics;
    private final LinkId linkId = LinkId.next();

    @BeforeAll
    static void start() {
        relay = new ScriptedRelay();
        worker =
                TestWorker.startReady(
                        relay.port(),
                        "latchkey.mail.hold=1s",
                        "latchkey.mail.relay-pause=1s",
                        "latchkey.mail.smtp.read-timeout=1s",
                        "latchkey.mail.relay-deadline=3s");
        topics = new TestTopics();
    }

    @AfterAll
    static void stop() {
        worker.close();
        topics.close();
        relay.close();
    }

    @BeforeEach
    void behave() {
        for (var stage : Stage.values()) {
            relay.behaveAt(stage);
        }
    }

    private List<Event> eventsUntil(Class<? extends Event> last) {
        await().atMost(SOON)
                .until(
                        () -> topics.eventsOf(linkId),
                        events -> events.stream().anyMatch(last::isInstance));
        return topics.eventsOf(linkId);
    }

    private List<String> mailsTaken() {
        return relay.taken().stream().filter(mail -> mail.contains("<" + linkId + ".")).toList();
    }

    /** Once a later order is through, nothing is left of earlier ones that were not retried. */
    private void letAnOrderPass() {
        var passing = LinkId.next();
        topics.send(TestOrders.record(TestOrders.order().of(passing).sealed()));
        await().atMost(SOON).until(() -> !topics.eventsOf(passing).isEmpty());
    }

    @Test
    void anOrderBecomesOneMailAndOneSealedEvent() {
        var order = TestOrders.order().of(linkId).sealed();

        topics.send(TestOrders.record(order));

        assertThat(eventsUntil(MailSent.class))
                .singleElement()
                .isInstanceOfSatisfying(
                        MailSent.class,
                        sent -> {
                            assertThat(sent.attempt()).isOne();
                            assertThat(sent.smtpReply()).contains("queued as 1");
                            assertThat(sent.context())
                                    .isEqualTo(order.context().withOutcome(Outcome.SUCCESS, null));
                        });
        var token = LinkToken.of(linkId, order.kid(), TestOrders.RING.mail());
        assertThat(mailsTaken())
                .singleElement()
                .satisfies(
                        mail ->
                                assertThat(mail.replace("=\r\n", ""))
                                        .contains(TestOrders.CONFIRM_URL_BASE + token));
        assertThat(topics.all(Topics.MAIL_EVENTS)).allSatisfy(DeliveryIT::assertSealed);
    }

    private static void assertSealed(ConsumerRecord<byte[], byte[]> record) {
        var genuine =
                EventSeal.isGenuine(
                        TestTopics.header(record, "ce_seal"),
                        TestTopics.header(record, "ce_id"),
                        TestTopics.header(record, "ce_type"),
                        record.value(),
                        TestOrders.RING.mail());
        assertThat(genuine).isTrue();
    }

    @Test
    void aTransientFailureIsTriedAgainUntilTheRelayTakesTheMail() {
        relay.at(Stage.RCPT, "450 4.2.1 busy", "421 4.3.2 closing", "250 ok");

        topics.send(TestOrders.record(TestOrders.order().of(linkId).sealed()));

        var events = eventsUntil(MailSent.class);
        assertThat(events.subList(0, 2))
                .allSatisfy(
                        event ->
                                assertThat(((MailAttemptFailed) event).failureClass())
                                        .isEqualTo(FailureClass.TRANSIENT));
        assertThat(((MailAttemptFailed) events.get(1)).attempt()).isEqualTo(2);
        assertThat(((MailSent) events.get(2)).attempt()).isEqualTo(3);
        assertThat(mailsTaken()).hasSize(1);
    }

    @Test
    void silenceAfterTheDataIsAmbiguousAndTriedAgainUnderTheSameId() {
        relay.at(Stage.END, ScriptedRelay.SILENCE, "250 2.0.0 queued as 2");

        // So short that the usual two minutes do not fit before a second try.
        var order = TestOrders.order().of(linkId).deliverWithin(Duration.ofSeconds(30)).sealed();
        topics.send(TestOrders.record(order));

        var oldest =
                worker.bean(MeterRegistry.class).get("latchkey.mail.deliveries.oldest").gauge();
        var age = Duration.between(order.requestedAt(), Instant.now());
        await().atMost(SOON).until(() -> oldest.value() >= age.toSeconds());
        var events = eventsUntil(MailSent.class);
        assertThat(((MailAttemptFailed) events.getFirst()).failureClass())
                .isEqualTo(FailureClass.AMBIGUOUS);
        assertThat(mailsTaken()).hasSize(2);
        await().atMost(SOON).until(() -> oldest.value() == 0);
    }

    @Test
    void aPermanentReplyGivesUpAtOnceAndKeepsTheOrder() {
        relay.at(Stage.RCPT, "550 5.1.1 <ada@example.com>: no such user");
        var id = EventId.next();
        var record = TestOrders.record(TestOrders.order().of(linkId).sealed(), id);

        topics.send(record);

        var events = eventsUntil(MailAbandoned.class);
        assertThat(events).hasSize(2);
        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        MailAttemptFailed.class,
                        failed -> {
                            assertThat(failed.failureClass()).isEqualTo(FailureClass.PERMANENT);
                            assertThat(failed.nextAttemptAt()).isNull();
                            assertThat(failed.smtpReply()).doesNotContain("ada@");
                        });
        assertThat(events.getLast().context().reason()).isEqualTo("refused");
        assertThat(topics.all(Topics.DEAD_LETTERS, r -> key(r).equals(id.toString())))
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.value()).isEqualTo(record.value());
                            assertThat(TestTopics.header(letter, "reason")).isEqualTo("refused");
                            assertThat(TestTopics.header(letter, "attempts")).isEqualTo("1");
                            assertThat(TestTopics.decode(letter).event())
                                    .isInstanceOf(LinkRequested.class);
                        });
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    @Test
    void anOrderPastItsTimeIsGivenUpWithoutAnAttempt() {
        var late = TestOrders.order().of(linkId).deliverWithin(Duration.ofSeconds(-1)).sealed();

        topics.send(TestOrders.record(late));

        assertThat(eventsUntil(MailAbandoned.class))
                .singleElement()
                .isInstanceOfSatisfying(
                        MailAbandoned.class,
                        given -> {
                            assertThat(given.attempts()).isZero();
                            assertThat(given.context().reason()).isEqualTo("delivery_time_over");
                        });
        assertThat(mailsTaken()).isEmpty();
    }

    @Test
    void aRelayThatStaysAwayIsGivenUpAtTheEndOfTheDeliveryTime() {
        relay.at(Stage.MAIL, ScriptedRelay.DROP);
        var order = TestOrders.order().of(linkId).deliverWithin(Duration.ofSeconds(4)).sealed();

        topics.send(TestOrders.record(order));

        var events = eventsUntil(MailAbandoned.class);
        assertThat(events.getLast().context().reason()).isEqualTo("delivery_time_over");
        assertThat(((MailAbandoned) events.getLast()).attempts()).isEqualTo(events.size() - 1);
    }

    static Stream<LinkRequested> forgeries() {
        var live = LinkId.next();
        var genuine = TestOrders.order().of(live).sealed();
        var other = TestOrders.order().sealed();
        return Stream.of(
                TestOrders.order()
                        .of(live)
                        .to("eve@example.com")
                        .unsealed()
                        .withSeal(genuine.seal()),
                TestOrders.order().of(live).unsealed(),
                TestOrders.order().of(live).unsealed().withSeal(other.seal()),
                TestOrders.order()
                        .of(live)
                        .deliverWithin(Duration.ofHours(5))
                        .unsealed()
                        .withSeal(genuine.seal()),
                TestOrders.order().of(live).sealed(KeyRing.parse(KeyRing.generate("k001"))));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aForgedOrderIsNotMailedAndSetAsideOnceWithItsReason(LinkRequested forged) {
        var id = EventId.next();

        topics.send(TestOrders.record(forged, id));

        assertSetAsideOnce(id, Topics.LINK_REQUESTS_DLT, "seal");
        assertThat(topics.eventsOf(forged.context().linkId())).isEmpty();
        assertThat(relay.taken())
                .noneMatch(mail -> mail.contains("<" + forged.context().linkId() + "."));
    }

    private void assertSetAsideOnce(EventId id, Topics where, String reason) {
        await().atMost(SOON).until(() -> !setAside(id, where).isEmpty());
        letAnOrderPass();
        assertThat(setAside(id, where))
                .singleElement()
                .satisfies(
                        record ->
                                assertThat(TestTopics.header(record, Topics.REASON_HEADER))
                                        .isEqualTo(reason));
    }

    private static List<ConsumerRecord<byte[], byte[]>> setAside(EventId id, Topics where) {
        return topics.all(where, r -> id.toString().equals(TestTopics.header(r, "ce_id")));
    }

    @Test
    void aMalformedRecordPassesBy() {
        var id = EventId.next();
        var broken = TestOrders.record(TestOrders.order().sealed(), id);
        var bytes = new byte[] {'{', (byte) 0xff, 0};
        topics.send(
                new ProducerRecord<>(broken.topic(), null, (byte[]) null, bytes, broken.headers()));
        topics.send(new ProducerRecord<>(Topics.LINK_REQUESTS.topic(), null, (byte[]) null));

        assertSetAsideOnce(id, Topics.LINK_REQUESTS_DLT, "malformed data");
        assertThat(topics.all(Topics.LINK_REQUESTS_DLT, r -> TestTopics.header(r, "ce_id") == null))
                .singleElement()
                .satisfies(
                        r ->
                                assertThat(TestTopics.header(r, Topics.REASON_HEADER))
                                        .startsWith("missing attribute"));
    }

    @Test
    void whatIsTooLargeToBeWrittenAgainIsSetAsideByItsPlace() {
        var large = new byte[2_000_000];
        topics.send(new ProducerRecord<>(Topics.LINK_REQUESTS.topic(), large));
        topics.send(new ProducerRecord<>(Topics.LINK_REQUESTS_RETRY_1S.topic(), 0, null, large));

        assertSetAsideByPlace(Topics.LINK_REQUESTS_DLT, Topics.LINK_REQUESTS);
        assertSetAsideByPlace(Topics.LINK_REQUESTS_DUE_DLT, Topics.LINK_REQUESTS_RETRY_1S);
        topics.send(waiting(Instant.now()));
        eventsUntil(MailSent.class);
    }

    private static void assertSetAsideByPlace(Topics where, Topics from) {
        var place = "too large to keep: " + from.topic() + "-";
        await().atMost(SOON)
                .until(
                        () ->
                                topics.all(where).stream()
                                        .map(r -> TestTopics.header(r, Topics.REASON_HEADER))
                                        .anyMatch(reason -> reason.contains(place)));
    }

    private ProducerRecord<byte[], byte[]> waiting(Instant dueAt) {
        var order = TestOrders.record(TestOrders.order().of(linkId).sealed());
        var headers = order.headers();
        headers.add("due-at", dueAt.toString().getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(
                Topics.LINK_REQUESTS_RETRY_1S.topic(), 0, order.key(), order.value(), headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT9M", "PT600000H"})
    void anOrderThatIsDueLaterThanItsTopicHasItDoesNotStopItsPartition(Duration wait) {
        topics.send(waiting(Instant.now().plus(wait)));

        eventsUntil(MailSent.class);
    }

    @Test
    void noHandOverGoesOnPastTheDeliveryTime() {
        relay.at(Stage.RCPT, ScriptedRelay.SILENCE);
        var order = TestOrders.order().of(linkId).deliverWithin(Duration.ofMillis(900)).sealed();

        topics.send(TestOrders.record(order));

        var events = eventsUntil(MailAbandoned.class);
        assertThat(events.getLast().context().reason()).isEqualTo("delivery_time_over");
        assertThat(relay.taken()).noneMatch(mail -> mail.contains("<" + linkId + "."));
    }

    @Test
    void whatIsForgedIntoTheDueTopicIsSetAsideBesideIt() {
        var id = EventId.next();
        var forged = TestOrders.record(TestOrders.order().unsealed(), id);

        topics.send(
                new ProducerRecord<>(
                        Topics.LINK_REQUESTS_DUE.topic(),
                        null,
                        forged.key(),
                        forged.value(),
                        forged.headers()));

        assertSetAsideOnce(id, Topics.LINK_REQUESTS_DUE_DLT, "seal");
    }

    @Test
    void anOrderOfAMissingKidIsHeldUncountedAndSeenInTheReadiness() throws Exception {
        var ring = KeyRing.parse(KeyRing.generate("k002"));
        await().atMost(SOON).until(() -> readiness() == 200);
        var request = TestOrders.order().of(linkId).kid("k002").unsealed();
        var soonOver =
                withRequestedAt(request, Instant.now().minus(Duration.ofDays(1)).plusSeconds(6));
        var id = EventId.next();

        topics.send(TestOrders.record(OrderSeal.seal(soonOver, ring.mail()), id));

        await().atMost(SOON).until(() -> readiness() == 503);
        assertSetAsideOnce(id, Topics.LINK_REQUESTS_DUE_DLT, "unknown kid");
        assertThat(
                        topics.all(
                                Topics.LINK_REQUESTS_HOLD,
                                r -> id.toString().equals(TestTopics.header(r, "ce_id"))))
                .hasSizeGreaterThan(1)
                .allSatisfy(r -> assertThat(TestTopics.header(r, "attempts")).isEqualTo("0"));
        assertThat(topics.eventsOf(linkId)).isEmpty();
    }

    private static LinkRequested withRequestedAt(LinkRequested r, Instant requestedAt) {
        return new LinkRequested(
                r.context(),
                r.kid(),
                r.email(),
                r.intent(),
                r.locale(),
                requestedAt,
                r.deliverBy(),
                r.expiresIn(),
                r.confirmUrlBase(),
                r.app(),
                r.mail(),
                r.seal());
    }

    private static int readiness() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var uri =
                    URI.create("http://localhost:" + worker.port() + "/actuator/health/readiness");
            return http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
