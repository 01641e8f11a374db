package io.latchkey.audit.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.TrailRows;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.UserUpdated;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class IngestIT {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static AuditProcess process;
    private static TrailRows rows;
    private static TestTopics topics;

    @BeforeAll
    static void start() {
        process = AuditProcess.shared();
        rows = new TrailRows(AuditProcess.sharedDatabase());
        topics = new TestTopics();
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @Test
    void everyTypeIsRecordedOnceHoweverOftenAndInWhateverOrderItComes() {
        var events = TestEvents.ofEveryType();
        var thrice = new ArrayList<EventEnvelope<?>>();
        IntStream.range(0, 3).forEach(_ -> thrice.addAll(events));
        Collections.shuffle(thrice, new Random(1));

        topics.publish(thrice);

        var ids = ids(events);
        await().atMost(SOON).until(() -> recorded(ids).size() >= ids.size());
        topics.publish(events);
        passMarker();
        assertThat(recorded(ids)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(rows.isWhole()).isTrue();
    }

    @Test
    void eventLooksAsTheDocumentSays() {
        var requested = TestEvents.of(LinkRequested.class);
        var context = requested.event().context();

        topics.publish(List.of(requested));

        var event = awaitEvent(requested);
        assertThat(event)
                .containsEntry("event_id", requested.id().toString())
                .containsEntry("time", "2026-05-04T03:02:01.123456Z")
                .containsEntry("type", "LinkRequested")
                .containsEntry("outcome", "success")
                .containsEntry("app_id", String.valueOf(context.appId()))
                .containsEntry("user_id", String.valueOf(context.userId()))
                .containsEntry("subject", String.valueOf(context.subject()))
                .containsEntry("email_masked", "a***@mail.example")
                .containsEntry("link_id", String.valueOf(context.linkId()))
                .containsEntry("session_id", String.valueOf(context.sessionId()))
                .containsEntry("ip", "203.0.113.7")
                .containsEntry("user_agent", "Mozilla/5.0")
                .containsEntry("request_id", "req-1")
                .containsEntry("tenant", "default")
                .containsKey("sequence");
        assertThat(event.get("data"))
                .isEqualTo(
                        Map.of(
                                "kid", "k001",
                                "intent", "sign_in_or_up",
                                "locale", "de",
                                "requested_at", "2026-05-04T03:02:01.123456Z",
                                "deliver_by", "2026-05-04T03:02:01.123456Z",
                                "expires_in", 600));
    }

    @Test
    void trailHoldsNoAddressAndNoWordOfACaller() {
        var address = "grace.hopper@mail.example";
        var leaky =
                TestEvents.envelope(
                        new MailAttemptFailed(
                                new EventContext(
                                        address,
                                        null,
                                        address,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null,
                                        "agent of <" + address + ">",
                                        null,
                                        address),
                                1,
                                "user:" + address,
                                FailureClass.PERMANENT,
                                "550 <" + address + ">: no such user, try " + address,
                                null));

        topics.publish(List.of(TestEvents.of(LinkRequested.class), leaky));

        var data = awaitEvent(leaky).get("data");
        assertThat(data)
                .extracting("smtp_reply")
                .isEqualTo("550 <***@mail.example>: no such user, try ***@mail.example");
        assertThat(rows.dump())
                .contains(leaky.id().value().toString(), "***@mail.example")
                .doesNotContain(
                        "grace.hopper", TestEvents.EMAIL, "lovelace", TestEvents.CALLERS_TEXT);
    }

    @Test
    void poisonPassesByAndIsSetAsideOnceWithItsReason() {
        var good = TestEvents.confirmed(TestEvents.context());
        var poison = poison(TestTopics.record(TestEvents.of(LinkConfirmed.class)));
        var before = TestTopics.all(Topics.SECURITY_EVENTS_DLT.topic()).size();
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var topic : Topics.audited()) {
            poison.forEach(
                    bad ->
                            records.add(
                                    new ProducerRecord<>(
                                            topic.topic(),
                                            3,
                                            bad.key(),
                                            bad.value(),
                                            bad.headers())));
        }
        records.add(TestTopics.on(3, TestTopics.record(good)));

        topics.send(records);

        awaitEvent(good);
        var offsetOfLast =
                rows.number(
                                """
                                SELECT next_offset FROM audit.kafka_offset
                                 WHERE topic = 'latchkey.security-events' AND partition = 3
                                """)
                        - 2;
        var letters =
                TestTopics.all(Topics.SECURITY_EVENTS_DLT.topic()).stream().skip(before).toList();
        assertThat(letters).hasSameSizeAs(poison);
        assertThat(letters)
                .allSatisfy(
                        letter ->
                                assertThat(letter.headers().headers(Topics.REASON_HEADER))
                                        .hasSize(1));
        assertThat(
                        letters.stream()
                                .map(letter -> text(letter.headers().lastHeader("reason").value())))
                .containsExactly(
                        "missing attribute",
                        "unknown type",
                        "time out of range",
                        "malformed attribute",
                        "malformed attribute",
                        "malformed data",
                        "malformed data",
                        "missing field",
                        "no data",
                        "malformed data; too large to keep: latchkey.security-events-3@"
                                + offsetOfLast);
        assertThat(letters.get(1).value()).isEqualTo(poison.get(1).value());
        assertThat(letters.get(1).headers().lastHeader(CloudEventCodec.ID).value())
                .isEqualTo(poison.get(1).headers().lastHeader(CloudEventCodec.ID).value());
        assertThat(rows.isWhole()).isTrue();
    }

    /** Each of its own kind, and some of them larger than a dead letter can be. */
    private static List<ProducerRecord<byte[], byte[]>> poison(
            ProducerRecord<byte[], byte[]> genuine) {
        return List.of(
                TestTopics.record(genuine.topic(), null, Map.of(), bytes("garbage")),
                with(genuine, CloudEventCodec.TYPE, "io.latchkey.Nothing.v1", genuine.value()),
                with(genuine, CloudEventCodec.TIME, "+99999-01-01T00:00:00Z", genuine.value()),
                with(genuine, CloudEventCodec.TIME, "yesterday", genuine.value()),
                with(genuine, CloudEventCodec.ID, "evt_\0", genuine.value()),
                with(genuine, CloudEventCodec.ID, genuineId(genuine), bytes("{\"means\":")),
                with(genuine, CloudEventCodec.ID, genuineId(genuine), bytes("[".repeat(100_000))),
                with(genuine, CloudEventCodec.ID, genuineId(genuine), bytes("{}")),
                with(genuine, CloudEventCodec.ID, genuineId(genuine), null),
                with(genuine, CloudEventCodec.ID, genuineId(genuine), new byte[3_000_000]));
    }

    private static ProducerRecord<byte[], byte[]> with(
            ProducerRecord<byte[], byte[]> genuine, String header, String value, byte[] data) {
        var changed =
                new ProducerRecord<>(genuine.topic(), null, genuine.key(), data, genuine.headers());
        changed.headers().remove(header).add(header, bytes(value));
        return changed;
    }

    private static String genuineId(ProducerRecord<byte[], byte[]> genuine) {
        return text(genuine.headers().lastHeader(CloudEventCodec.ID).value());
    }

    @Test
    void oddContentIsRecordedAndStopsNothing() {
        var odd =
                new EventContext(
                        "te\0nant",
                        null,
                        "\ud800",
                        null,
                        "\udc00***@x.example",
                        null,
                        null,
                        null,
                        "not an address",
                        "\0".repeat(512),
                        null,
                        "\u202e" + "x".repeat(100_000));
        var confirmed = TestEvents.confirmed(odd);
        var huge =
                TestEvents.envelope(
                        new UserUpdated(
                                TestEvents.context(),
                                IntStream.range(0, 50_000)
                                        .mapToObj(i -> "field" + i)
                                        .collect(Collectors.toSet())));
        var good = TestEvents.confirmed(TestEvents.context());

        topics.send(
                List.of(
                        TestTopics.on(5, TestTopics.record(confirmed)),
                        TestTopics.on(5, TestTopics.record(huge)),
                        TestTopics.on(5, TestTopics.record(good))));

        awaitEvent(good);
        assertThat(awaitEvent(confirmed))
                .containsEntry("request_id", "\ufffd")
                .doesNotContainKey("ip")
                .extractingByKey("reason")
                .asString()
                .hasSize(512);
        assertThat(recorded(Set.of(huge.id().toString()))).isEmpty();
        assertThat(
                        TestTopics.all(Topics.SECURITY_EVENTS_DLT.topic()).stream()
                                .filter(
                                        letter ->
                                                text(letter.headers().lastHeader("ce_id").value())
                                                        .equals(huge.id().toString())))
                .singleElement()
                .satisfies(
                        letter ->
                                assertThat(text(letter.headers().lastHeader("reason").value()))
                                        .isEqualTo("data too large"));
    }

    /** What was sent before to the same partitions of all topics has been read after this. */
    private static void passMarker() {
        var markers =
                IntStream.range(0, 12)
                        .mapToObj(
                                partition ->
                                        Map.entry(
                                                partition,
                                                TestEvents.confirmed(TestEvents.context())))
                        .toList();
        topics.send(
                markers.stream()
                        .map(
                                each ->
                                        TestTopics.on(
                                                each.getKey(), TestTopics.record(each.getValue())))
                        .toList());
        markers.forEach(each -> awaitEvent(each.getValue()));
    }

    private static Map<String, Object> awaitEvent(EventEnvelope<?> published) {
        await().atMost(SOON).until(() -> !recorded(Set.of(published.id().toString())).isEmpty());
        return process.events("limit=200").stream()
                .filter(event -> published.id().toString().equals(event.get("event_id")))
                .findFirst()
                .orElseThrow();
    }

    /** Those of the ids that are in the trail, as often as they are. */
    private static List<String> recorded(Set<String> ids) {
        return process.events("limit=200").stream()
                .map(event -> (String) event.get("event_id"))
                .filter(ids::contains)
                .toList();
    }

    private static Set<String> ids(List<EventEnvelope<?>> events) {
        return events.stream().map(event -> event.id().toString()).collect(Collectors.toSet());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
