package io.latchkey.mail.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.events.Event;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailRequeued;
import io.latchkey.events.MailSent;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.ScriptedRelay;
import io.latchkey.mail.ScriptedRelay.Stage;
import io.latchkey.mail.TestTopics;
import io.latchkey.mail.TestWorker;
import io.latchkey.testing.TestOrders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the mail administrator sees and does. */
class DeadLettersIT {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String PATH = "/api/v1/dead-letters";
    private static ScriptedRelay relay;
    private static TestWorker worker;
    private static TestTopics topics;

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

    private record Letter(EventId id, LinkId linkId) {}

    private static Letter refused(TestOrders order) {
        relay.at(Stage.RCPT, "550 5.1.1 no such user");
        var letter = new Letter(EventId.next(), LinkId.next());
        topics.send(TestOrders.record(order.of(letter.linkId()).sealed(), letter.id()));
        awaitEvent(letter, MailAbandoned.class);
        await().atMost(SOON).until(() -> listed().contains(letter.id().toString()));
        relay.behaveAt(Stage.RCPT);
        return letter;
    }

    /** Its delivery time is over. */
    private static Letter late() {
        var end = Instant.now().plusSeconds(8);
        var letter = refused(TestOrders.order().deliverBy(end));
        await().atMost(SOON).until(() -> Instant.now().isAfter(end));
        return letter;
    }

    private static void awaitEvent(Letter letter, Class<? extends Event> type) {
        await().atMost(SOON)
                .until(() -> topics.eventsOf(letter.linkId()).stream().anyMatch(type::isInstance));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }

    private static List<String> listed() {
        var ids = new ArrayList<String>();
        var path = PATH + "?limit=2";
        var cursor = "";
        do {
            var page = json(worker.administrator("GET", path + cursor));
            page.required("items").forEach(item -> ids.add(item.required("id").stringValue()));
            cursor =
                    page.has("next_cursor")
                            ? "&cursor=" + page.get("next_cursor").stringValue()
                            : "";
        } while (!cursor.isEmpty());
        return ids;
    }

    private static int post(Letter letter) {
        return worker.administrator("POST", PATH + "/" + letter.id() + "/replay").statusCode();
    }

    @Test
    void aDeadLetterSaysWhatHappenedAndNobodysAddress() {
        var letter = refused(TestOrders.order());

        var page = worker.administrator("GET", PATH + "?limit=200");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("ada@");
        var items = new ArrayList<JsonNode>();
        json(page).required("items").forEach(items::add);
        assertThat(items)
                .filteredOn(
                        item -> item.required("id").stringValue().equals(letter.id().toString()))
                .singleElement()
                .satisfies(
                        item -> {
                            assertThat(item.required("link_id").stringValue())
                                    .isEqualTo(letter.linkId().toString());
                            assertThat(item.required("reason").stringValue()).isEqualTo("refused");
                            assertThat(item.required("attempts").intValue()).isOne();
                            assertThat(item.required("failed_at").stringValue()).endsWith("Z");
                        });
    }

    @Test
    void aReplayedOrderIsMailedAndNoDeadLetterAnyMore() {
        var letter = refused(TestOrders.order());

        assertThat(post(letter)).isEqualTo(204);

        awaitEvent(letter, MailSent.class);
        var events = topics.eventsOf(letter.linkId());
        assertThat(events).filteredOn(MailRequeued.class::isInstance).hasSize(1);
        assertThat(((MailSent) events.getLast()).attempt()).isEqualTo(2);
        assertThat(listed()).doesNotContain(letter.id().toString());
        assertThat(post(letter)).isEqualTo(404);
        assertThat(
                        topics.all(Topics.SECURITY_EVENTS).stream()
                                .map(r -> new String(r.value(), UTF_8)))
                .anyMatch(data -> data.contains("deadletter.replay"));
    }

    @Test
    void ofManyWhoReplayALetterOneDoes() throws Exception {
        var letter = refused(TestOrders.order());
        Callable<Integer> replay = () -> post(letter);

        List<Integer> statuses = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var other = TestWorker.startReady(relay.port())) {
            Callable<Integer> elsewhere =
                    () ->
                            other.administrator("POST", PATH + "/" + letter.id() + "/replay")
                                    .statusCode();
            for (var done : threads.invokeAll(List.of(replay, elsewhere, replay, elsewhere))) {
                statuses.add(done.get());
            }
        }

        assertThat(statuses).filteredOn(status -> status == 204).hasSizeLessThanOrEqualTo(1);
        assertThat(statuses).allMatch(status -> status == 204 || status == 404 || status == 503);
        // Who was fenced off by all the others may ask again.
        if (!statuses.contains(204)) {
            assertThat(post(letter)).isEqualTo(204);
        }
        awaitEvent(letter, MailSent.class);
        assertThat(topics.eventsOf(letter.linkId()))
                .filteredOn(MailSent.class::isInstance)
                .hasSize(1);
        assertThat(topics.eventsOf(letter.linkId()))
                .filteredOn(MailRequeued.class::isInstance)
                .hasSize(1);
    }

    @Test
    void whatIsPastItsTimeIsNotMailedAnyMore() {
        var letter = late();

        var problem = worker.administrator("POST", PATH + "/" + letter.id() + "/replay");

        assertThat(problem.body()).contains("\"code\":\"delivery_time_over\"");
        assertThat(listed()).contains(letter.id().toString());
    }

    @Test
    void allThatStillMayAreReplayedAtOnce() {
        var late = late();
        var letters =
                List.of(
                        refused(TestOrders.order()),
                        refused(TestOrders.order()),
                        refused(TestOrders.order()));

        var answer = worker.administrator("POST", PATH + "/replay");

        assertThat(json(answer).required("requeued").intValue()).isGreaterThanOrEqualTo(3);
        letters.forEach(letter -> awaitEvent(letter, MailSent.class));
        assertThat(listed()).contains(late.id().toString());
    }

    @Test
    void whatIsDroppedIsGone() {
        var letter = refused(TestOrders.order());

        assertThat(worker.administrator("DELETE", PATH + "/" + letter.id()).statusCode())
                .isEqualTo(204);

        assertThat(listed()).doesNotContain(letter.id().toString());
        assertThat(worker.administrator("DELETE", PATH + "/" + letter.id()).statusCode())
                .isEqualTo(404);
        assertThat(post(letter)).isEqualTo(404);
    }

    @Test
    void aForgedLetterIsNotReplayed() {
        var letter = new Letter(EventId.next(), LinkId.next());
        var genuine = refused(TestOrders.order());
        var kept =
                topics.all(
                                Topics.DEAD_LETTERS,
                                r ->
                                        r.key() != null
                                                && new String(r.key(), UTF_8)
                                                        .equals(genuine.id().toString()))
                        .getFirst();
        var forged =
                TestOrders.record(TestOrders.order().of(letter.linkId()).unsealed(), letter.id());
        topics.send(
                new ProducerRecord<>(
                        Topics.DEAD_LETTERS.topic(),
                        null,
                        letter.id().toString().getBytes(UTF_8),
                        forged.value(),
                        kept.headers()));
        await().atMost(SOON).until(() -> listed().contains(letter.id().toString()));

        assertThat(post(letter)).isEqualTo(404);
    }

    @Test
    void whatWasSetAsideIsShownWithItsReason() {
        topics.send(
                new ProducerRecord<>(
                        Topics.LINK_REQUESTS.topic(),
                        "x".getBytes(UTF_8),
                        "secret@example.com".getBytes(UTF_8)));

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(worker.administrator("GET", PATH + "/poison").body())
                                        .contains(
                                                "missing attribute",
                                                "latchkey.link-requests-dlt-0@")
                                        .doesNotContain("secret@"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=201", "?limit=x", "?cursor=x", "?cursor="})
    void aListTakesNoOtherPages(String query) {
        var answer = worker.administrator("GET", PATH + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"errors\":[{\"pointer\":\"/");
    }

    @Test
    void nobodyElseIsLetIn() {
        assertThat(worker.get(PATH).statusCode()).isEqualTo(401);
        assertThat(worker.get(PATH + "/poison").statusCode()).isEqualTo(401);
    }
}
