package io.latchkey.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The document says what the records and the topics say, and nothing else. */
class AsyncApiTest {
    private static final AsyncApiDocument DOCUMENT = new AsyncApiDocument();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    static Collection<Class<? extends Event>> events() {
        return EventTypes.all();
    }

    @Test
    void everyTopicIsAChannelAndEveryChannelATopic() {
        assertThat(DOCUMENT.channels().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topics.values()).map(Topics::topic).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aChannelIsSetUpAsItsTopic(Topics topic) {
        var kafka = DOCUMENT.channels().get(topic.topic()).at("/bindings/kafka");
        var settings = kafka.required("topicConfiguration");

        assertThat(kafka.required("topic").stringValue()).isEqualTo(topic.topic());
        assertThat(kafka.required("partitions").intValue()).isEqualTo(topic.partitions());
        assertThat(
                        Map.of(
                                "cleanup.policy",
                                settings.required("cleanup.policy")
                                        .valueStream()
                                        .map(JsonNode::stringValue)
                                        .collect(Collectors.joining(",")),
                                "retention.ms",
                                settings.required("retention.ms").asString()))
                .isEqualTo(topic.configuration());
    }

    @Test
    void eachEventIsAMessageOfItsTopicAlone() {
        for (var topic : Topics.audited()) {
            var messages = DOCUMENT.channels().get(topic.topic()).required("messages");

            assertThat(messages.propertyNames())
                    .containsExactlyInAnyOrderElementsOf(
                            EventTypes.all().stream()
                                    .filter(event -> EventTypes.topicOf(event) == topic)
                                    .map(Class::getSimpleName)
                                    .toList());
            messages.properties()
                    .forEach(
                            message ->
                                    assertThat(message.getValue().required("$ref").stringValue())
                                            .isEqualTo(
                                                    "#/components/messages/" + message.getKey()));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void aSchemaHasTheFieldsOfItsRecordAndNoOther(Class<? extends Event> event) {
        var ofRecord = new TreeMap<String, String>();
        EventField.of(event).forEach(field -> ofRecord.put(field.pointer(), describe(field)));

        assertThat(DOCUMENT.fields(event.getSimpleName())).isEqualTo(ofRecord);
    }

    private static String describe(EventField field) {
        return describe(field.type()) + (field.required() ? ", required" : "");
    }

    private static String describe(Class<?> type) {
        if (type.isEnum()) {
            return type.getSimpleName() + List.of(type.getEnumConstants());
        }
        return Map.<Class<?>, String>of(
                        String.class, "string",
                        Instant.class, "string date-time",
                        int.class, "integer int32",
                        long.class, "integer int64",
                        Boolean.class, "boolean",
                        Set.class, "set of string")
                .getOrDefault(type, type.getSimpleName());
    }

    @ParameterizedTest
    @MethodSource("events")
    void theGoldenFileIsValid(Class<? extends Event> event) {
        var golden = Golden.of(event);
        var message = DOCUMENT.messages().get(event.getSimpleName());
        var headers = headers(golden);

        assertThat(message.at("/payload/$ref").stringValue())
                .isEqualTo("#/components/schemas/" + event.getSimpleName());
        assertThat(DOCUMENT.validate(message.required("payload"), golden.data())).isEmpty();
        assertThat(DOCUMENT.validate(message.required("headers"), headers)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatTheReaderRefusesIsNotValidEither(Class<? extends Event> event) {
        var golden = Golden.of(event);
        var schema = DOCUMENT.messages().get(event.getSimpleName()).required("payload");

        EventField.of(event)
                .forEach(
                        field -> {
                            var wrong =
                                    field.type() == Boolean.class
                                            ? NODES.stringNode("true")
                                            : NODES.booleanNode(true);
                            assertThat(
                                            DOCUMENT.validate(
                                                    schema,
                                                    golden.with(field.pointer(), wrong).data()))
                                    .as("%s of another type", field.pointer())
                                    .isNotEmpty();
                            assertThat(
                                            DOCUMENT.validate(
                                                            schema,
                                                            golden.without(field.pointer()).data())
                                                    .isEmpty())
                                    .as("%s absent", field.pointer())
                                    .isNotEqualTo(field.required());
                        });
    }

    @ParameterizedTest
    @MethodSource("events")
    void headersNameTheTypeAndProveTheSender(Class<? extends Event> event) {
        var golden = Golden.of(event);
        var schema = DOCUMENT.messages().get(event.getSimpleName()).required("headers");
        for (var name : golden.headers().keySet()) {
            var absent = headers(golden.withoutHeader(name));
            var wrong = headers(golden.withHeader(name, ""));

            assertThat(DOCUMENT.validate(schema, absent)).as("%s absent", name).isNotEmpty();
            assertThat(DOCUMENT.validate(schema, wrong)).as("%s empty", name).isNotEmpty();
        }
        var sealed = EventTypes.topicOf(event) == Topics.MAIL_EVENTS;
        var unsealed = headers(golden).without(CloudEventCodec.SEAL);
        assertThat(DOCUMENT.validate(schema, unsealed).isEmpty()).isNotEqualTo(sealed);
    }

    private static ObjectNode headers(Golden golden) {
        var headers = NODES.objectNode();
        golden.headers().forEach(headers::put);
        headers.put(CloudEventCodec.SEAL, "k001." + "A".repeat(43));
        return headers;
    }

    @Test
    void everythingIsDescribed() {
        DOCUMENT.schemas()
                .forEach(
                        (name, schema) ->
                                schema.path("properties")
                                        .properties()
                                        .forEach(
                                                property ->
                                                        assertThat(isDescribed(property.getValue()))
                                                                .as(
                                                                        "%s of %s",
                                                                        property.getKey(), name)
                                                                .isTrue()));
        DOCUMENT.channels()
                .forEach(
                        (address, channel) ->
                                assertThat(channel.path("description").asString(""))
                                        .as(address)
                                        .isNotBlank());
    }

    private static boolean isDescribed(JsonNode schema) {
        var name = AsyncApiDocument.referenced(schema);
        return (name == null ? schema : DOCUMENT.schemas().get(name)).has("description")
                || schema.has("const");
    }

    @Test
    void nothingIsDefinedThatNobodyRefersTo() {
        var referred = new HashSet<String>();
        Stream.concat(DOCUMENT.messages().values().stream(), DOCUMENT.schemas().values().stream())
                .forEach(node -> node.findValuesAsString("$ref").forEach(referred::add));
        DOCUMENT.channels()
                .values()
                .forEach(node -> node.findValuesAsString("$ref").forEach(referred::add));

        assertThat(DOCUMENT.messages().keySet())
                .allMatch(name -> referred.contains("#/components/messages/" + name));
        assertThat(DOCUMENT.schemas().keySet())
                .allMatch(name -> referred.contains("#/components/schemas/" + name));
    }
}
