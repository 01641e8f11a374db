package io.latchkey.audit.reading.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestIssuer;
import io.latchkey.events.AppId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatusCode;

/** Who reads is in the trail, and who is refused is not a reader. */
class ReadingIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final AuditProcess process = AuditProcess.shared();
    private final String client = AppId.next().toString();
    private final String token =
            TestIssuer.token(
                    claims ->
                            claims.subject(client)
                                    .claim("client_id", client)
                                    .audience(List.of(TestIssuer.URL, client)));

    private HttpStatusCode get(String path) {
        return process.withToken(token)
                .get()
                .uri(path)
                .header("User-Agent", "reader/1")
                .exchange()
                .returnResult(byte[].class)
                .getStatus();
    }

    private List<Map<String, Object>> acts() {
        return process.events("type=AdminActed&limit=200").stream()
                .filter(event -> data(event, "actor").equals(client))
                .toList();
    }

    private List<String> actions() {
        return acts().stream().map(act -> data(act, "action")).toList();
    }

    private static String data(Map<String, Object> act, String name) {
        return String.valueOf(((Map<?, ?>) act.get("data")).get(name));
    }

    @Test
    void readingIsRecordedOncePerCredentialAndMinute() {
        IntStream.range(0, 20)
                .forEach(
                        _ ->
                                assertThat(get("/api/v1/audit/events?limit=1").value())
                                        .isEqualTo(200));

        await().atMost(SOON).until(() -> !acts().isEmpty());
        // Two where a minute ended between.
        assertThat(actions()).hasSizeBetween(1, 2).containsOnly("audit.read");
        assertThat(acts().getFirst())
                .containsEntry("tenant", "default")
                .containsEntry("user_agent", "reader/1")
                .containsKeys("request_id", "ip")
                .containsEntry("outcome", "success");
    }

    @Test
    void everyStreamIsRecorded() {
        IntStream.range(0, 3)
                .forEach(
                        _ ->
                                process.withToken(token)
                                        .get()
                                        .uri("/api/v1/audit/stream")
                                        .exchange()
                                        .returnResult(String.class)
                                        .getResponseBody()
                                        .blockFirst(SOON));

        await().atMost(SOON).until(() -> acts().size() == 3);
        assertThat(actions()).containsOnly("audit.stream");
    }

    @Test
    void aCredentialThatIsNoneIsRecordedWithWhereItCameFrom() {
        process.withToken("my-best-guess")
                .get()
                .uri("/api/v1/audit/events")
                .exchange()
                .expectStatus()
                .isUnauthorized();

        await().atMost(SOON).until(() -> !refused().isEmpty());
        assertThat(refused().getFirst())
                .containsEntry("reason", "invalid_token")
                .containsKeys("request_id", "ip")
                .asString()
                .doesNotContain("my-best-guess");
    }

    private List<Map<String, Object>> refused() {
        return process.events("type=AdminActed&outcome=refused&limit=200").stream()
                .filter(event -> data(event, "actor").equals("unknown"))
                .toList();
    }

    @Test
    void whoMayNotReadHasNotRead() {
        var noReader = AppId.next().toString();
        process.withToken(
                        TestIssuer.token(
                                claims ->
                                        claims.subject(noReader)
                                                .claim("client_id", noReader)
                                                .claim("scope", "openid")))
                .get()
                .uri("/api/v1/audit/events")
                .exchange()
                .expectStatus()
                .isForbidden();
        get("/api/v1/audit/events?limit=1");

        await().atMost(SOON).until(() -> !acts().isEmpty());
        assertThat(process.events("type=AdminActed&limit=200"))
                .extracting(event -> data(event, "actor"))
                .doesNotContain(noReader);
    }
}
