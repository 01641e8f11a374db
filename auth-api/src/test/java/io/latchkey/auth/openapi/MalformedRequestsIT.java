package io.latchkey.auth.openapi;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Browser.basic;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static io.latchkey.auth.RunningAuthApi.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every operation that takes a body, sent everything that is none: told clearly, and no change. */
class MalformedRequestsIT {
    private static final String BY_APP = basic(APP, SECRET);
    private static final String BY_ADMINISTRATOR = "Bearer " + RunningAuthApi.ADMIN_TOKEN;
    private static final List<String> NO_OBJECTS =
            List.of(
                    "",
                    " ",
                    "{",
                    "[]",
                    "\"x\"",
                    "null",
                    "1",
                    "true",
                    "{} {}",
                    "{'a':1}",
                    "{\"a\":1,}");

    private static final Map<String, Sample> SAMPLES =
            Map.of(
                    "requestLink",
                    new Sample(
                            BY_APP,
                            "{\"email\":\"%s\",\"redirect_uri\":\"%s\"}"
                                    .formatted(newAddress(), REDIRECT)),
                    "createUser",
                    new Sample(BY_APP, "{\"email\":\"%s\"}".formatted(newAddress())),
                    "changeUser",
                    new Sample(BY_APP, "{\"username\":\"malformed\"}"),
                    "createApp",
                    new Sample(
                            BY_ADMINISTRATOR,
                            "{\"name\":\"Malformed\",\"redirect_uris\":[\"%s\"]}"
                                    .formatted(REDIRECT)),
                    "changeApp",
                    new Sample(BY_ADMINISTRATOR, "{\"name\":\"Malformed\"}"));

    private final Browser http = new Browser(RunningAuthApi.get().url());
    private final JsonNode document = body(http.get("/openapi.json"), 200);
    private final List<String> requests = new ArrayList<>();

    /** A body that would be taken. */
    record Sample(String authorization, String body) {}

    record Operation(String id, String method, String path, JsonNode schema) {
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
        RunningAuthApi.get();
        try (var reader = new Browser(RunningAuthApi.get().url())) {
            var document = body(reader.get("/openapi.json"), 200);
            var all = new ArrayList<Operation>();
            for (var path : document.required("paths").properties()) {
                for (var operation : path.getValue().properties()) {
                    var schema =
                            operation
                                    .getValue()
                                    .at("/requestBody/content/application~1json/schema");
                    if (!schema.isMissingNode()) {
                        all.add(
                                new Operation(
                                        operation.getValue().required("operationId").stringValue(),
                                        operation.getKey(),
                                        path.getKey(),
                                        schema));
                    }
                }
            }
            return all;
        }
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
        var path = path(operation);
        var before = rows();

        NO_OBJECTS.forEach(sent -> assertInvalid(operation, path, bytes(sent)));
        var sample = sample(operation).body();
        assertInvalid(operation, path, bytes(with(sample, "\"zzz\":1")));
        assertInvalid(
                operation, path, bytes(with(sample, sample.substring(1, sample.length() - 1))));
        for (var wrong : wrongTypes(resolved(operation.schema()), "")) {
            assertInvalid(operation, path, bytes(wrong));
        }
        for (var text : List.of("a\\u0000b", "\\ud800", "\\udc00x", "\\uD83Dx")) {
            var name = firstText(sample);
            assertInvalid(operation, path, bytes("{\"%s\":\"%s\"}".formatted(name, text)));
        }
        assertInvalid(operation, path, notUtf8(sample));

        assertThat(rows()).isEqualTo(before);
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(id -> assertThat(TestEvents.about(id)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatIsNoJsonOrTooMuchOfItIsRefusedAsSuch(Operation operation) {
        var path = path(operation);
        var before = rows();
        var body = bytes(sample(operation).body());

        for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "text/json")) {
            assertProblem(
                    send(operation, path, body, "Content-Type", type),
                    415,
                    "unsupported_media_type");
        }
        assertProblem(send(operation, path, body), 415, "unsupported_media_type");
        assertProblem(
                send(
                        operation,
                        path,
                        body,
                        "Content-Type",
                        "application/json",
                        "Content-Encoding",
                        "gzip"),
                415,
                "unsupported_media_type");
        var large = with(sample(operation).body(), "\"zzz\":\"" + "x".repeat(64 * 1024) + "\"");
        assertProblem(
                send(operation, path, bytes(large), "Content-Type", "application/json"),
                413,
                "payload_too_large");

        assertThat(rows()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aTokenInTheUrlIsNotRead(Operation operation) {
        var path = path(operation) + "?access_token=" + RunningAuthApi.ADMIN_TOKEN;

        var answer =
                http.send(
                        operation.method(),
                        path,
                        BodyPublishers.ofString(sample(operation).body()),
                        "Content-Type",
                        "application/json");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(RunningAuthApi.ADMIN_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"attributes\":{\"a\":{\"b\":1,\"b\":2}}}",
                "{\"attributes\":{\"a\\u0000\":1}}",
                "{\"attributes\":{\"\\ud800\":1}}",
                "{\"attributes\":{\"a\":[1e400]}}",
                "{\"attributes\":DEEP}",
                "{\"email\":\"a@b.example\",\"identifier\":{\"type\":\"email\",\"value\":\"a@b.example\"}}"
            })
    void whatIsHiddenDeepInsideIsFound(String body) {
        var deep = "{\"a\":".repeat(50) + "1" + "}".repeat(50);
        var link = operations().stream().filter(o -> o.id().equals("requestLink")).findFirst();

        assertInvalid(link.orElseThrow(), "/api/v1/links", bytes(body.replace("DEEP", deep)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"})
    void formsThatAreNoneAreRefusedAsTheRfcsSay(String path) {
        var form = "application/x-www-form-urlencoded";

        assertOAuth(post(path, "{}", "Content-Type", "application/json"), 415);
        assertOAuth(post(path, "token=x", "Content-Type", form, "Content-Encoding", "gzip"), 415);
        assertOAuth(post(path, "token=" + "x".repeat(64 * 1024), "Content-Type", form), 413);
        for (var sent :
                List.of("", "%", "token=%zz", "token=a&token=b&grant_type=x&grant_type=y")) {
            assertOAuth(post(path, sent, "Content-Type", form), 400);
        }
    }

    private HttpResponse<String> post(String path, String body, String... headers) {
        return http.send(
                "post", path, BodyPublishers.ofString(body), withAuthorization(BY_APP, headers));
    }

    private static void assertOAuth(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Browser.json(answer).required("error").stringValue()).matches("[a-z_]+");
        assertNothingOfOurs(answer);
    }

    private String path(Operation operation) {
        return switch (operation.id()) {
            case "changeUser" -> {
                try (var app = Api.of(APP)) {
                    var user = body(app.post("/api/v1/users", Map.of("email", newAddress())), 201);
                    yield "/api/v1/users/" + user.required("user_id").stringValue();
                }
            }
            case "changeApp" -> "/api/v1/apps/" + APP;
            default -> operation.path();
        };
    }

    private static Sample sample(Operation operation) {
        return SAMPLES.get(operation.id());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String with(String object, String more) {
        return object.substring(0, object.length() - 1) + "," + more + "}";
    }

    private static String firstText(String sample) {
        return Browser.parse(sample).properties().iterator().next().getKey();
    }

    private static byte[] notUtf8(String sample) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(bytes(sample.substring(0, sample.length() - 1)));
        bytes.writeBytes(bytes(",\"zzz\":\""));
        bytes.write(0xff);
        bytes.writeBytes(bytes("\"}"));
        return bytes.toByteArray();
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").stringValue("");
        return reference.isEmpty() ? schema : resolved(document.at(reference.substring(1)));
    }

    /** Objects with one field of a type that its schema does not name, fields within fields too. */
    private List<String> wrongTypes(JsonNode schema, String within) {
        var all = new ArrayList<String>();
        for (var parent : schema.path("allOf")) {
            all.addAll(wrongTypes(resolved(parent), within));
        }
        for (var property : schema.path("properties").properties()) {
            var of = resolved(property.getValue());
            for (var wrong : wrongValues(of)) {
                all.add(wrapped(within, "{\"%s\":%s}".formatted(property.getKey(), wrong)));
            }
            all.addAll(wrongTypes(of, within + "/" + property.getKey()));
        }
        return all;
    }

    private static String wrapped(String within, String object) {
        var names = within.isEmpty() ? List.<String>of() : List.of(within.substring(1).split("/"));
        var body = object;
        for (var name : names.reversed()) {
            body = "{\"%s\":%s}".formatted(name, body);
        }
        return body;
    }

    private static List<String> wrongValues(JsonNode schema) {
        var values = new LinkedHashMap<String, String>();
        values.put("string", "\"zzz zzz\"");
        values.put("integer", "1");
        values.put("number", "1.5");
        values.put("boolean", "true");
        values.put("object", "{\"zzz\":1}");
        values.put("array", "[\"zzz zzz\"]");
        types(schema).forEach(values::remove);
        return List.copyOf(values.values());
    }

    private static List<String> types(JsonNode schema) {
        var type = schema.path("type");
        if (type.isArray()) {
            return type.valueStream().map(JsonNode::stringValue).toList();
        }
        return type.isString()
                ? List.of(type.stringValue())
                : schema.has("properties")
                        ? List.of("object")
                        : schema.has("enum") || schema.has("const") ? List.of("string") : List.of();
    }

    private void assertInvalid(Operation operation, String path, byte[] body) {
        var answer = send(operation, path, body, "Content-Type", "application/json");
        requests.add(assertProblem(answer, 400, "invalid_request"));
    }

    /** Gives the id of the request. */
    private static String assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = (ObjectNode) Browser.json(answer);
        assertThat(problem.propertyNames())
                .contains("type", "title", "status", "detail", "code", "request_id");
        assertThat(problem.required("status").intValue()).isEqualTo(status);
        assertThat(problem.required("code").stringValue()).isEqualTo(code);
        assertNothingOfOurs(answer);
        var id = problem.required("request_id").stringValue();
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue(id);
        return id;
    }

    private static void assertNothingOfOurs(HttpResponse<String> answer) {
        assertThat(answer.body())
                .doesNotContain("Exception", "io.latchkey", "java.", "jackson", "SELECT", "auth.");
    }

    private HttpResponse<String> send(
            Operation operation, String path, byte[] body, String... headers) {
        return http.send(
                operation.method(),
                path,
                BodyPublishers.ofByteArray(body),
                withAuthorization(sample(operation).authorization(), headers));
    }

    private static String[] withAuthorization(String authorization, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.add("Authorization");
        all.add(authorization);
        return all.toArray(new String[0]);
    }

    private static List<Map<String, @Nullable String>> rows() {
        return TestRows.select(
                """
                SELECT (SELECT count(*) FROM auth.link) AS links,
                       (SELECT count(*) FROM auth.app) AS apps,
                       (SELECT count(*) FROM auth."user") AS users,
                       (SELECT md5(string_agg(u::text, ',' ORDER BY id)) FROM auth."user" u) AS people,
                       (SELECT md5(string_agg(a::text, ',' ORDER BY id)) FROM auth.app a) AS settings
                """);
    }
}
