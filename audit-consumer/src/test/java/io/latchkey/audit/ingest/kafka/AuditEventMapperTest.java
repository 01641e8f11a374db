package io.latchkey.audit.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.audit.TestEvents;
import io.latchkey.events.EventContext;
import io.latchkey.events.FailureClass;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailBounced;
import io.latchkey.events.Outcome;
import io.latchkey.events.wire.EventJson;
import io.latchkey.events.wire.EventTypes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditEventMapperTest {
    private static final JsonMapper JSON = EventJson.mapper();
    private final AuditEventMapper mapper = new AuditEventMapper();

    @TestFactory
    Stream<DynamicTest> everyTypeKeepsItsOwnFieldsInDataAndItsContextBeside() {
        return TestEvents.ofEveryType().stream()
                .map(
                        envelope ->
                                DynamicTest.dynamicTest(
                                        envelope.event().name(),
                                        () -> {
                                            var context = envelope.event().context();

                                            var mapped = mapper.map(envelope);

                                            assertThat(mapped)
                                                    .usingRecursiveComparison()
                                                    .ignoringFields(
                                                            "id", "time", "type", "ip", "data")
                                                    .isEqualTo(context);
                                            assertThat(mapped.id()).isEqualTo(envelope.id());
                                            assertThat(mapped.time()).isEqualTo(envelope.time());
                                            assertThat(mapped.type())
                                                    .isEqualTo(envelope.event().name());
                                            assertThat(
                                                            Objects.requireNonNull(mapped.ip())
                                                                    .getHostAddress())
                                                    .isEqualTo(context.ip());
                                            assertThat(JSON.readTree(mapped.data()).size())
                                                    .isEqualTo(
                                                            ownFields(envelope.event().getClass()));
                                        }));
    }

    private static long ownFields(Class<?> event) {
        return event == LinkRequested.class
                ? 6
                : Arrays.stream(event.getRecordComponents())
                        .filter(component -> component.getType() != EventContext.class)
                        .count();
    }

    /** What publishers really write, whatever version they have. */
    @TestFactory
    Stream<DynamicTest> goldenEventsLoseNothingButAddressesAndCallersText() {
        return EventTypes.all().stream()
                .map(
                        type ->
                                DynamicTest.dynamicTest(
                                        type.getSimpleName(),
                                        () -> {
                                            var golden = golden(type.getSimpleName());

                                            var mapped =
                                                    mapper.map(
                                                            TestEvents.envelope(
                                                                    JSON.treeToValue(
                                                                            golden, type)));

                                            var data = JSON.readTree(mapped.data());
                                            assertThat(data.properties())
                                                    .isSubsetOf(golden.properties());
                                            assertThat(data.propertyNames())
                                                    .doesNotContainAnyElementsOf(
                                                            List.of(
                                                                    "email",
                                                                    "seal",
                                                                    "app",
                                                                    "mail",
                                                                    "confirm_url_base",
                                                                    "link_id",
                                                                    "subject",
                                                                    "tenant"));
                                        }));
    }

    /** A mail worker that reads it from a mailbox knows nothing else. */
    @Test
    void aBounceThatNamesItsLinkAloneIsKept() {
        var link = LinkId.next();

        var mapped =
                mapper.map(
                        TestEvents.envelope(MailBounced.of(link, FailureClass.PERMANENT, "5.1.1")));

        assertThat(mapped.linkId()).isEqualTo(link);
        assertThat(mapped.outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(mapped.reason()).isEqualTo("hard_bounce");
        assertThat(mapped.subject()).isNull();
        assertThat(JSON.readTree(mapped.data()).required("status").stringValue())
                .isEqualTo("5.1.1");
    }

    private static JsonNode golden(String name) throws IOException {
        try (var file = EventTypes.class.getResourceAsStream("/golden/" + name + ".v1.json")) {
            return JSON.readTree(Objects.requireNonNull(file, name)).required("data");
        }
    }
}
