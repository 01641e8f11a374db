package io.latchkey.auth.openapi;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.openapi.MalformedBodies.Malformed;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every operation that takes JSON, sent everything that is none: told clearly, and no change. */
class MalformedRequestsIT {
    private static final int MOST_BYTES = 64 * 1024;
    private static final String JSON = "application/json";
    private static final OwnTenant OWN = new OwnTenant();
    private static final JsonNode DOCUMENT = document();

    /**
     * What a provider sends is its own: read leniently, with a bound of its own, and known by its
     * signature and no credential. See BouncesIT.
     */
    private static final Set<String> OF_OTHERS = Set.of("receiveBounces");

    private static final String BY_ADMINISTRATOR = "Bearer " + RunningAuthApi.ADMIN_TOKEN;

    private static final Map<String, Sample> SAMPLES =
            Map.of(
                    "requestLink",
                    new Sample(
                            OWN.authorization(),
                            "{\"email\":\"%s\",\"redirect_uri\":\"%s\"}"
                                    .formatted(newAddress(), REDIRECT),
                            Set.of("/email", "/redirect_uri")),
                    "createUser",
                    new Sample(
                            OWN.authorization(),
                            "{\"email\":\"%s\"}".formatted(newAddress()),
                            Set.of("/email")),
                    "changeUser",
                    new Sample(
                            OWN.authorization(),
                            "{\"username\":\"malformed\"}",
                            Set.of("/email", "/status")),
                    "createApp",
                    new Sample(
                            BY_ADMINISTRATOR,
                            "{\"name\":\"Made\",\"tenant\":\"%s\",\"redirect_uris\":[\"%s\"]}"
                                    .formatted(OWN.tenant(), REDIRECT),
                            Set.of("/name", "/redirect_uris")),
                    "changeApp",
                    new Sample(
                            BY_ADMINISTRATOR,
                            "{\"name\":\"Changed\"}",
                            Set.of("/name", "/redirect_uris")),
                    "previewMail",
                    new Sample(
                            BY_ADMINISTRATOR,
                            "{\"client_id\":\"%s\"}".formatted(OWN.clientId()),
                            Set.of("/client_id")),
                    "testMail",
                    new Sample(
                            BY_ADMINISTRATOR,
                            "{\"client_id\":\"%s\",\"email\":\"malformed@example.com\"}"
                                    .formatted(OWN.clientId()),
                            Set.of("/client_id", "/email")));

    /** Whoever looks at a mail changes nothing. */
    private static final String WITHOUT_EVENT = "previewMail";

    private final Browser http = new Browser(RunningAuthApi.get().url());
    private final String requests = "malformed-" + UUID.randomUUID();

    /**
     * A body that is taken.
     *
     * @param needed pointers to what must not be null
     */
    record Sample(String authorization, String body, Set<String> needed) {}

    record Operation(String id, String method, String path, JsonNode schema) {
        Sample sample() {
            return SAMPLES.get(id);
        }

        @Override
        public String toString() {
            return id;
        }
    }

    @AfterEach
    void close() {
        http.close();
    }

    static List<Operation> operations() {
        return all().stream().filter(operation -> !operation.schema().isMissingNode()).toList();
    }

    /** Of the native API, with or without a body, in a format of ours. */
    static List<Operation> all() {
        var all = new ArrayList<Operation>();
        for (var path : DOCUMENT.required("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var id = operation.getValue().path("operationId").stringValue("");
                if (path.getKey().startsWith("/api/") && !id.isEmpty() && !OF_OTHERS.contains(id)) {
                    all.add(
                            new Operation(
                                    id,
                                    operation.getKey(),
                                    OWN.path(path.getKey()),
                                    resolved(
                                            operation
                                                    .getValue()
                                                    .at(
                                                            "/requestBody/content/application~1json/schema"))));
                }
            }
        }
        return all;
    }

    static JsonNode document() {
        try (var reader = new Browser(RunningAuthApi.get().url())) {
            return body(reader.get("/openapi.json"), 200);
        }
    }

    private static JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").stringValue("");
        return reference.isEmpty() ? schema : resolved(DOCUMENT.at(reference.substring(1)));
    }

    @Test
    void everyOperationIsTried() {
        assertThat(operations())
                .extracting(Operation::id)
                .containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatIsMalformedIsToldAndChangesNothing(Operation operation) {
        var sample = operation.sample();
        var before = OWN.rows();

        var bodies =
                MalformedBodies.of(
                        (ObjectNode) Browser.parse(sample.body()),
                        operation.schema(),
                        sample.needed(),
                        MalformedRequestsIT::resolved);
        assertThat(bodies).hasSizeGreaterThan(50);
        for (var malformed : bodies) {
            var body = BodyPublishers.ofByteArray(malformed.bytes());
            assertTold(malformed, send(operation, body, "Content-Type", JSON));
        }

        assertThat(OWN.rows()).isEqualTo(before);
        assertTheSampleIsTaken(operation);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatIsNoJsonOrTooMuchOfItIsRefusedAsSuch(Operation operation) {
        var sample = operation.sample().body();
        var before = OWN.rows();

        for (var type :
                List.of(
                        "text/plain",
                        "text/json",
                        "application/x-www-form-urlencoded",
                        "application/xml",
                        "multipart/form-data;boundary=x",
                        "nonsense")) {
            assertProblem(
                    send(operation, ofText(sample), "Content-Type", type),
                    415,
                    "unsupported_media_type");
        }
        assertProblem(send(operation, ofText(sample)), 415, "unsupported_media_type");
        var large = padded(sample, MOST_BYTES + 1);
        for (var body : List.of(ofText(large), chunked(large))) {
            assertProblem(send(operation, body, "Content-Type", JSON), 413, "payload_too_large");
        }

        assertThat(OWN.rows()).isEqualTo(before);
        var most = padded(sample.replaceFirst("\\{", "{\"zzz\":1,"), MOST_BYTES);
        assertProblem(send(operation, ofText(most), "Content-Type", JSON), 400, "invalid_request");
    }

    /** Those without a body, too: nobody unpacks anything here. */
    @ParameterizedTest
    @MethodSource("all")
    void nothingIsTakenThatIsPacked(Operation operation) {
        var before = OWN.rows();

        for (var coding : List.of("gzip", "deflate", "br", "zstd", "identity")) {
            var answer =
                    send(operation, ofText("{}"), "Content-Type", JSON, "Content-Encoding", coding);
            assertProblem(answer, 415, "unsupported_media_type");
        }

        assertThat(OWN.rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("all")
    void credentialsInTheUrlAreNotRead(Operation operation) {
        var before = OWN.rows();

        for (var query :
                List.of(
                        "access_token=" + RunningAuthApi.ADMIN_TOKEN,
                        "access_token=" + OWN.token("access_token"),
                        "client_id=" + OWN.clientId() + "&client_secret=" + OWN.secret())) {
            var answer =
                    http.send(
                            operation.method(),
                            operation.path() + "?" + query,
                            ofText("{}"),
                            "Content-Type",
                            JSON);
            assertProblem(answer, 401, "invalid_client");
            assertThat(answer.body()).doesNotContain(query.substring(query.indexOf('=') + 1));
        }

        assertThat(OWN.rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "user_id", "zzz"})
    void anAddressBesideAnIdentifierIsOneTooMany(String type) {
        var before = OWN.rows();
        var operation = operations().stream().filter(o -> o.id().equals("requestLink")).findFirst();
        var body = (ObjectNode) Browser.parse(SAMPLES.get("requestLink").body());
        body.withObjectProperty("identifier")
                .put("type", type)
                .set("value", body.required("email"));

        var answer = send(operation.orElseThrow(), ofText(body.toString()), "Content-Type", JSON);

        var malformed = new Malformed(body.toString(), "/email", "and not both");
        assertTold(malformed, answer);
        assertThat(OWN.rows()).isEqualTo(before);
    }

    @Test
    void aRedirectUriThatIsNoneOfTheAppsIsNamed() {
        var body = (ObjectNode) Browser.parse(SAMPLES.get("requestLink").body());
        body.put("redirect_uri", REDIRECT + "/");

        var answer =
                http.postJson(
                        "/api/v1/links", body.toString(), "Authorization", OWN.authorization());

        var errors = assertProblem(answer, 400, "redirect_uri_not_allowed").required("errors");
        assertThat(errors.get(0).required("pointer").stringValue()).isEqualTo("/redirect_uri");
    }

    /** So each of the others was refused for what is wrong with it, and made no event. */
    private void assertTheSampleIsTaken(Operation operation) {
        var id = taken(operation);
        var told =
                WITHOUT_EVENT.equals(operation.id())
                        ? taken(
                                operations().stream()
                                        .filter(other -> other.id().equals("requestLink"))
                                        .findFirst()
                                        .orElseThrow())
                        : id;
        OwnTenant.assertNoEvents(requests, told);
    }

    private String taken(Operation operation) {
        var id = "taken-" + UUID.randomUUID();

        var answer =
                http.send(
                        operation.method(),
                        operation.path(),
                        ofText(operation.sample().body()),
                        "Content-Type",
                        JSON,
                        "Authorization",
                        operation.sample().authorization(),
                        "X-Request-Id",
                        id);

        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
        return id;
    }

    private static void assertTold(Malformed malformed, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as("%s %s", malformed, answer.body()).isEqualTo(400);
        var errors = assertProblem(answer, 400, "invalid_request").required("errors");
        assertThat(errors.valueStream())
                .as(malformed.toString())
                .isNotEmpty()
                .allSatisfy(
                        error ->
                                assertThat(error.propertyNames())
                                        .containsExactlyInAnyOrder("pointer", "detail"))
                .anySatisfy(
                        error -> {
                            assertThat(error.required("pointer").stringValue())
                                    .isEqualTo(malformed.pointer());
                            assertThat(error.required("detail").stringValue())
                                    .contains(malformed.detail());
                        });
    }

    private static JsonNode assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = Browser.json(answer);
        var names = new ArrayList<>(List.of("type", "title", "status", "detail", "code"));
        names.add("request_id");
        if (status == 400) {
            names.add("errors");
        }
        assertThat(problem.propertyNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(problem.required("type").stringValue()).endsWith("#" + code);
        assertThat(problem.required("title").stringValue()).isNotBlank();
        assertThat(problem.required("status").intValue()).isEqualTo(status);
        assertThat(problem.required("detail").stringValue()).isNotBlank();
        assertThat(problem.required("code").stringValue()).isEqualTo(code);
        assertThat(answer.headers().firstValue("X-Request-Id"))
                .hasValue(problem.required("request_id").stringValue());
        assertNothingOfOurs(answer);
        return problem;
    }

    static void assertNothingOfOurs(HttpResponse<String> answer) {
        assertThat(answer.body())
                .doesNotContain("Exception", "io.latchkey", "java.", "jackson", "springframework")
                .doesNotContain("SELECT", "INSERT", "SQL", "auth.", "[Source", "\\tat ");
    }

    private HttpResponse<String> send(Operation operation, BodyPublisher body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        var authorization =
                operation.sample() == null ? BY_ADMINISTRATOR : operation.sample().authorization();
        all.addAll(List.of("Authorization", authorization, "X-Request-Id", requests));
        return http.send(operation.method(), operation.path(), body, all.toArray(String[]::new));
    }

    private static BodyPublisher ofText(String body) {
        return BodyPublishers.ofString(body);
    }

    /** Without its length. */
    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String padded(String body, int bytes) {
        return body + " ".repeat(bytes - body.length());
    }
}
