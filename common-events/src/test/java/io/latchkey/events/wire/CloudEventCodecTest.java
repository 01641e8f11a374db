package io.latchkey.events.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.latchkey.events.Alert;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailSent;
import io.latchkey.events.UserUpdated;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

class CloudEventCodecTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What must never come back in a reason, a message or a stack trace. */
    private static final String PRIVATE = "mallory@private.example";

    private final CloudEventCodec codec = new CloudEventCodec();

    static Collection<Class<? extends Event>> all() {
        return EventTypes.all();
    }

    @Test
    void everyEventHasAType() {
        assertThat(all()).hasSize(22);
        assertThat(all())
                .allSatisfy(e -> assertThat(EventTypes.byType(EventTypes.typeOf(e))).hasValue(e));
    }

    @ParameterizedTest
    @MethodSource("all")
    void readsAndWritesTheGoldenFile(Class<? extends Event> event) throws Exception {
        var golden = Golden.of(event);

        var read = golden.decode();
        var written = codec.encode(read);

        assertThat(read.event()).isInstanceOf(event);
        assertThat(written.topic()).isEqualTo(golden.topic());
        assertThat(written.key()).isEqualTo(golden.key());
        assertThat(written.headers()).isEqualTo(golden.headers());
        assertThat(JSON.readTree(written.data())).isEqualTo(golden.data());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theGoldenFileHasEveryFieldAndNoOther(Class<? extends Event> event) {
        var inFile = pointers("", Golden.of(event).data());

        assertThat(inFile)
                .containsExactlyInAnyOrderElementsOf(
                        EventField.of(event).map(EventField::pointer).toList());
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatALaterVersionAddsIsSkipped(Class<? extends Event> event) throws Exception {
        var golden = Golden.of(event);
        var unknown = JSON.readTree("{\"a\": [1, {\"b\": null}], \"tenant\": 1}");
        var later = golden.with("/new_in_v1", unknown).with("/number", NODES.numberNode(1));
        for (var object : EventField.of(event).filter(EventField::isObject).toList()) {
            later = later.with(object.pointer() + "/new_in_v1", unknown);
        }

        assertThat(later.withHeader("ce_new", "1").decode()).isEqualTo(golden.decode());
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsRequiredMustBeThere(Class<? extends Event> event) {
        var golden = Golden.of(event);

        EventField.of(event)
                .filter(EventField::required)
                .forEach(
                        field -> {
                            var reason = reasonWhereMissing(field);
                            var absent = golden.without(field.pointer());
                            var isNull = golden.with(field.pointer(), NODES.nullNode());
                            assertRefused(reason, absent);
                            assertRefused(reason, isNull);
                        });
    }

    /** A record that cannot be made without it is not even looked at for what it lacks. */
    private static String reasonWhereMissing(EventField field) {
        return field.type().isPrimitive() || field.type() == Set.class
                ? "malformed data"
                : "missing field";
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsOptionalMayBeAbsent(Class<? extends Event> event) throws Exception {
        var golden = Golden.of(event);
        for (var field : EventField.of(event).filter(f -> !f.required()).toList()) {
            var absent = golden.without(field.pointer()).decode();

            assertThat(absent).isNotEqualTo(golden.decode());
            assertThat(golden.with(field.pointer(), NODES.nullNode()).decode()).isEqualTo(absent);
            assertThat(codec.data(absent.event()))
                    .isEqualTo(codec.data(golden.without(field.pointer()).decode().event()))
                    .doesNotContain("null");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsReadAsWhatItIsNot(Class<? extends Event> event) {
        var golden = Golden.of(event);

        EventField.of(event)
                .forEach(
                        field ->
                                wrong(field.type())
                                        .forEach(
                                                value ->
                                                        assertRefused(
                                                                "malformed data",
                                                                golden.with(
                                                                        field.pointer(), value))));
    }

    /** Values of every JSON type but the right one, and texts that are none of the type's. */
    private static Stream<JsonNode> wrong(Class<?> type) {
        var text = NODES.stringNode(PRIVATE);
        var number = NODES.numberNode(1);
        var fraction = NODES.numberNode(1.5);
        var whole = NODES.numberNode(1.0);
        var bool = NODES.booleanNode(true);
        var list = NODES.arrayNode().add(PRIVATE);
        var object = NODES.objectNode().put(PRIVATE, PRIVATE);
        if (type == String.class) {
            return Stream.of(number, fraction, bool, list, object);
        }
        if (type == int.class || type == long.class) {
            var huge = JSON.readTree("123456789012345678901234567890");
            var digits = NODES.stringNode("1");
            return Stream.of(
                    text, digits, NODES.stringNode(""), fraction, whole, huge, bool, list, object);
        }
        if (type == Boolean.class) {
            return Stream.of(
                    text, NODES.stringNode("true"), NODES.stringNode(""), number, list, object);
        }
        if (type == Set.class) {
            var withNull = NODES.arrayNode().add("email").addNull();
            var withNumber = NODES.arrayNode().add("email").add(1);
            return Stream.of(
                    text, number, bool, object, withNull, withNumber, NODES.stringNode(""));
        }
        if (type.isRecord() && type.getRecordComponents().length > 1) {
            return Stream.of(text, number, bool, list, NODES.stringNode(""), NODES.arrayNode());
        }
        return Stream.of(text, NODES.stringNode(""), number, fraction, bool, list, object);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"mallory@private.example\"",
                "mallory@private.example",
                "{\"attempt\":1",
                "{\"mallory@private.example\":{\"a\":1,\"a\":2}}",
                "{\"mallory@private.example\":nope}",
                "{\"tenant\":\"a\",\"tenant\":\"mallory@private.example\"}",
                "{} {}",
                "{\"tenant\":\"\\ud83d\"",
                "{'tenant':'mallory@private.example'}",
                "{\"tenant\":\"a\nmallory@private.example\"}"
            })
    void whatIsNoJsonObjectIsRefused(String data) {
        assertRefused(Golden.of(MailSent.class), data.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        var golden = Golden.of(MailSent.class);
        var data = JSON.writeValueAsBytes(golden.data());
        data[new String(data, StandardCharsets.UTF_8).indexOf("default")] = (byte) 0xff;

        assertRefused(golden, data);
    }

    @Test
    void nestingIsBounded() {
        var deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertRefused(Golden.of(MailSent.class), deep.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void dataMustBeThere() {
        assertThat(refusal(Golden.of(MailSent.class), null).reason()).isEqualTo("no data");
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, no CloudEvent 1.0",
        "ce_id, malformed attribute",
        "ce_source, malformed attribute",
        "ce_type, unknown type",
        "ce_time, malformed attribute"
    })
    void anAttributeMustBeThereAndWellFormed(String name, String reasonWhereEmpty) {
        var golden = Golden.of(MailSent.class);

        assertRefused("missing attribute", golden.withoutHeader(name));
        assertRefused(reasonWhereEmpty, golden.withHeader(name, ""));
        if (!name.equals("ce_source")) {
            assertRefused(reasonWhereEmpty, golden.withHeader(name, PRIVATE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, 0.3, no CloudEvent 1.0",
        "ce_specversion, 1.0.2, no CloudEvent 1.0",
        "ce_id, link_01h455vb4pex5vsknk084sn02q, malformed attribute",
        "ce_id, 01890a5d-ac96-774b-bcce-b302099a8057, malformed attribute",
        "ce_type, io.latchkey.MailSent.v2, unknown type",
        "ce_type, io.latchkey.mailsent.v1, unknown type",
        "ce_type, MailSent, unknown type",
        "ce_time, 2026-01-02, malformed attribute",
        "ce_time, 2026-01-02T03:04:05, malformed attribute",
        "ce_time, 1767323045, malformed attribute"
    })
    void attributesOfAnotherMakingAreRefused(String name, String value, String reason) {
        assertRefused(reason, Golden.of(MailSent.class).withHeader(name, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "auth-api/ n", "auth-api/\u0000", "auth-api/n\n", "\u200b"})
    void aSourceIsOneVisibleWord(String source) {
        assertRefused(
                "malformed attribute", Golden.of(MailSent.class).withHeader("ce_source", source));
        assertRefused(
                "malformed attribute",
                Golden.of(MailSent.class).withHeader("ce_source", "x".repeat(257)));
    }

    @Test
    void aTimeMayHaveAnyOffset() throws Exception {
        var golden = Golden.of(MailSent.class);
        var elsewhere =
                golden.with("/sent_at", NODES.stringNode("2026-01-02T04:04:06.654321+01:00"))
                        .withHeader("ce_time", "2026-01-01T22:04:05.123456-05:00");

        assertThat(elsewhere.decode()).isEqualTo(golden.decode());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingButAnOrderHoldsAnAddress(Class<? extends Event> event) {
        var fields = EventField.of(event).toList();
        var holdsAnAddress =
                fields.stream().anyMatch(f -> f.pointer().equals("/email"))
                        || JSON.writeValueAsString(Golden.of(event).data())
                                .matches(".*[A-Za-z0-9]@[A-Za-z0-9].*");

        assertThat(holdsAnAddress).isEqualTo(event == LinkRequested.class);
        assertThat(fields)
                .extracting(EventField::pointer)
                .filteredOn(pointer -> pointer.contains("mail"))
                .allMatch(
                        pointer -> event == LinkRequested.class || pointer.equals("/email_masked"));
    }

    @ParameterizedTest
    @MethodSource("all")
    void noAddressIsShownByToString(Class<? extends Event> event) throws Exception {
        var read = Golden.of(event).decode();

        assertThat(read.toString()).doesNotContain("ada@example.com");
        assertThat(codec.encode(read).toString()).doesNotContain("ada@example.com");
    }

    @Test
    void anEventAboutNobodyHasNoKey() {
        var alert = new Alert(EventContext.of(null, null, null), "rule", 1, 60);

        var encoded =
                codec.encode(
                        new EventEnvelope<>(
                                EventId.next(), "audit-consumer/n", Instant.EPOCH, alert));

        assertThat(encoded.key()).isNull();
        assertThat(encoded.data()).isEqualTo("{\"rule\":\"rule\",\"count\":1,\"window_s\":60}");
    }

    @Test
    void textComesBackAsItWasWhateverItHolds() throws Exception {
        var reason = "\"\\\u0000\r\n\u2028😀{}";
        var context = EventContext.of("t", null, null).withClient(null, reason);
        var sent =
                new EventEnvelope<>(
                        EventId.next(),
                        "auth-api/nöde",
                        Instant.parse("2026-01-02T03:04:05.123456Z"),
                        new UserUpdated(context, Set.of("email")));

        var encoded = codec.encode(sent);
        var received =
                codec.decode(
                        name -> encoded.headers().get(name).getBytes(StandardCharsets.UTF_8),
                        encoded.data().getBytes(StandardCharsets.UTF_8));

        assertThat(received).isEqualTo(sent);
    }

    private static List<String> pointers(String prefix, JsonNode object) {
        return object.properties().stream()
                .flatMap(
                        entry ->
                                Stream.concat(
                                        Stream.of(prefix + "/" + entry.getKey()),
                                        pointers(prefix + "/" + entry.getKey(), entry.getValue())
                                                .stream()))
                .toList();
    }

    private static void assertRefused(String reason, Golden record) {
        var refusal = refusal(record, JSON.writeValueAsBytes(record.data()));

        assertThat(refusal.reason()).as("%s %s", record.headers(), record.data()).isEqualTo(reason);
        assertThatNothingPrivateIsIn(refusal);
    }

    private static void assertRefused(Golden record, byte[] data) {
        var refusal = refusal(record, data);

        assertThat(refusal.reason()).isIn("malformed data", "no data");
        assertThatNothingPrivateIsIn(refusal);
    }

    private static UnreadableEventException refusal(Golden record, byte[] data) {
        var refusal =
                catchThrowableOfType(UnreadableEventException.class, () -> record.decode(data));
        assertThat(refusal).as("accepted: %s %s", record.headers(), record.data()).isNotNull();
        return refusal;
    }

    private static void assertThatNothingPrivateIsIn(UnreadableEventException refusal) {
        var trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString()).doesNotContain("mallory", "private.example");
    }
}
