package io.latchkey.audit.export.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.LinkRejected;
import io.latchkey.events.Outcome;
import io.latchkey.events.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final AuditProcess process = AuditProcess.shared();
    private final UserId user = new UserId(UUID.randomUUID());

    private void publish(List<EventEnvelope<?>> events) {
        try (var topics = new TestTopics()) {
            topics.publish(events);
        }
        await().atMost(SOON).until(() -> lines("format=ndjson").size() >= events.size());
    }

    private List<String> lines(String query) {
        return lines(TestIssuer.reader("default"), query + "&user_id=" + user);
    }

    private List<String> lines(String token, String query) {
        var body =
                process.withToken(token)
                        .mutate()
                        .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(16 * 1024 * 1024))
                        .build()
                        .get()
                        .uri("/api/v1/audit/export?" + query)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentType("application/x-ndjson")
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        return body == null ? List.of() : body.lines().toList();
    }

    @Test
    void everyEventIsOnItsLineAsItWasHashedHoweverManyThereAre() {
        var context =
                EventContext.of("default", null, null)
                        .withAddress(TestEvents.subject(), "ä***@mail.example")
                        .withUser(user);
        publish(
                IntStream.range(0, 2_300)
                        .<EventEnvelope<?>>mapToObj(_ -> TestEvents.confirmed(context))
                        .toList());

        var lines = lines("format=ndjson");

        assertThat(lines).hasSize(2_300).doesNotHaveDuplicates();
        assertThat(lines.stream().map(line -> json(line).get("sequence").asLong()))
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(lines.getLast())
                .startsWith("{\"data\":{\"means\":")
                .contains("\"email_masked\":\"ä***@mail.example\"");
        assertThat(lines(TestIssuer.reader("other"), "format=ndjson&user_id=" + user)).isEmpty();
    }

    @Test
    void ocsfSaysWhatTheClassAuthenticationAsksForAndLosesNothing() {
        var context =
                TestEvents.context()
                        .withUser(user)
                        .withClient("2001:db8:1::17", "agent")
                        .withOutcome(Outcome.REFUSED, "expired");
        var rejected = TestEvents.envelope(new LinkRejected(context));
        publish(List.of(rejected));

        var event = json(lines("format=ocsf").getFirst());

        assertThat(event.get("class_uid").asInt()).isEqualTo(3002);
        assertThat(event.get("category_uid").asInt()).isEqualTo(3);
        assertThat(event.get("type_uid").asLong())
                .isEqualTo(300_200L + event.get("activity_id").asInt());
        assertThat(event.get("time").asLong()).isEqualTo(rejected.time().toEpochMilli());
        assertThat(event.get("severity_id").asInt()).isEqualTo(1);
        assertThat(event.get("status_id").asInt()).isEqualTo(2);
        assertThat(event.get("status_detail").asString()).isEqualTo("expired");
        assertThat(event.at("/metadata/version").asString()).isEqualTo("1.3.0");
        assertThat(event.at("/metadata/uid").asString()).isEqualTo(rejected.id().toString());
        assertThat(event.at("/metadata/product/name").asString()).isEqualTo("Latchkey");
        assertThat(event.at("/user/uid").asString()).isEqualTo(user.toString());
        assertThat(event.at("/src_endpoint/ip").asString()).isEqualTo("2001:db8:1:0:0:0:0:17");
        assertThat(event.at("/unmapped/link_id").asString())
                .isEqualTo(String.valueOf(context.linkId()));
        assertThat(event.at("/unmapped/app_id").asString())
                .isEqualTo(String.valueOf(context.appId()));
    }

    private static JsonNode json(String line) {
        return Objects.requireNonNull(JsonMapper.shared().readTree(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "format=csv", "format=ndjson&limit=1", "format=ocsf&type=x"})
    void wrongParametersAreRefused(String query) {
        process.auditor()
                .get()
                .uri("/api/v1/audit/export?" + query)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void itIsForReadersOnly() {
        process.anonymous()
                .get()
                .uri("/api/v1/audit/export?format=ndjson")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }
}
