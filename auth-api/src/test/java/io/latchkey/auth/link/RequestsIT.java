package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.Browser.basic;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SECRET;
import static io.latchkey.auth.link.LinksApiIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request must look like before anybody reads it. */
class RequestsIT {
    private final Browser http = new Browser(RunningAuthApi.get().url());
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        http.close();
        backend.close();
    }

    @Test
    void aBodyOverSixtyFourKibibytesIsTooLarge() {
        var most = 64 * 1024;
        var just = "{\"email\":\"nobody\"}" + " ".repeat(most - 18);

        assertProblem(backend.send(just), 400, "invalid_request");
        assertProblem(backend.send(just + " "), 413, "payload_too_large");
        assertProblem(backend.send("x".repeat(2_000_000)), 413, "payload_too_large");
    }

    @Test
    void aFormOverSixtyFourKibibytesIsTooLargeAsWell() {
        var form = "grant_type=" + "x".repeat(70_000);

        var answer =
                http.post(
                        "/oauth2/token",
                        form.getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        backend.authorization());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(json(answer).required("error").stringValue()).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/xml",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                "nonsense"
            })
    void anythingButJsonIsAnUnsupportedMediaType(String type) {
        assertProblem(
                http.post(
                        "/api/v1/links",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        type,
                        "Authorization",
                        backend.authorization()),
                415,
                "unsupported_media_type");
    }

    @Test
    void aBodyWithoutATypeIsUnsupported() {
        assertProblem(
                http.post(
                        "/api/v1/links",
                        "{}".getBytes(StandardCharsets.UTF_8),
                        "Authorization",
                        backend.authorization()),
                415,
                "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "identity", "br", "x"})
    void anyContentEncodingIsUnsupported(String encoding) {
        assertProblem(
                backend.request(requestFor(newAddress()), "Content-Encoding", encoding),
                415,
                "unsupported_media_type");
    }

    @Test
    void anAnswerInAnotherFormIsRefusedBeforeAnythingHappens() {
        var address = newAddress();

        assertProblem(
                backend.request(requestFor(address), "Accept", "application/xml"),
                406,
                "not_acceptable");

        assertThat(TestRows.count("FROM auth.link WHERE email = ?", address)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/links/x/y, 404, not_found",
        "/api/v1/nothing, 404, not_found",
        "/api/v1/links, 405, method_not_allowed",
        "/api/v1/links/, 404, not_found"
    })
    void whatIsNotThereIsAProblemDocument(String path, int status, String code) {
        assertProblem(http.get(path, "Authorization", backend.authorization()), status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/actuator/env",
                "/actuator",
                "/actuator/heapdump",
                "/templates/confirm.html",
                "/auth-api.yml"
            })
    void whateverIsNotOfferedIsNotFound(String path) {
        assertProblem(http.get(path), 404, "not_found");
        assertThat(http.post(path, new byte[0]).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1//links",
                "/api/v1/links;x=y",
                "/l/a%2Fb",
                "/l/%00",
                "/api/v1/%2e%2e/x"
            })
    void aPathWithTricksIsRefusedAsAProblem(String path) {
        var answer =
                http.get(
                        path,
                        "Accept",
                        "application/json",
                        "Authorization",
                        backend.authorization());

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void anAllowHeaderSaysWhatWouldWork() {
        var answer = http.get("/api/v1/links", "Authorization", backend.authorization());

        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void aRequestIdIsEchoed() {
        var answer = http.get("/nothing", "X-Request-Id", "req-1.A_b");

        assertThat(answer.headers().allValues("X-Request-Id")).containsExactly("req-1.A_b");
        assertThat(json(answer).required("request_id").stringValue()).isEqualTo("req-1.A_b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<script>", "${jndi:x}", "é", "x65", ""})
    void anUnsafeRequestIdIsReplaced(String sent) {
        var id = sent.equals("x65") ? "x".repeat(65) : sent;

        var answer = http.get("/nothing", "X-Request-Id", id);

        assertThat(answer.headers().firstValue("X-Request-Id").orElseThrow())
                .isNotEqualTo(id)
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void secretsInTheQueryAreNotRead() {
        var token =
                json(backend.token(java.util.Map.of("grant_type", "client_credentials")))
                        .required("access_token")
                        .stringValue();
        for (var query :
                List.of(
                        "?access_token=" + token,
                        "?client_id=" + APP + "&client_secret=" + SECRET,
                        "?Authorization=" + basic(APP, SECRET).replace(' ', '+'))) {
            var answer =
                    http.postJson(
                            "/api/v1/links" + query,
                            "{\"email\":\"ada@example.com\",\"redirect_uri\":\"https://app.example/callback\"}");

            assertProblem(answer, 401, "invalid_client");
        }
    }

    @Test
    void answersAreNeitherKeptNorGuessedAt() {
        var headers = backend.request(requestFor(newAddress())).headers();

        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void onlyHealthAndMetricsAreOpen() {
        assertThat(http.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(http.get("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(http.get("/actuator/prometheus").body()).contains("latchkey_outbox_published");
    }
}
