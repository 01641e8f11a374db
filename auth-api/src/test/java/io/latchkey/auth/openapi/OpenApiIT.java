package io.latchkey.auth.openapi;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The document says what the code does: every handler is in it, and nothing else. */
class OpenApiIT {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /** The same for everybody at any time, without a look at the database. */
    private static final Set<String> CONSTANT =
            Set.of(
                    "/.well-known/openid-configuration",
                    "/oauth2/jwks",
                    "/css/brand/{color}.css",
                    "/openapi.json");

    private static final Pattern VARIABLE = Pattern.compile("\\{[^/]*}");
    private final Browser browser = new Browser(RunningAuthApi.get().url());
    private final JsonNode document = body(browser.get("/openapi.json"), 200);

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void everyHandlerIsDescribedAndNothingElse() {
        assertThat(described())
                .as("openapi/latchkey-api.yaml beside the controllers' mappings")
                .containsExactlyInAnyOrderElementsOf(mapped());
    }

    @Test
    void everyProblemIsDescribed() {
        var codes = Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList();

        assertThat(document.at("/components/schemas/Problem/properties/code/enum").valueStream())
                .extracting(JsonNode::stringValue)
                .isEqualTo(codes);
    }

    @Test
    void everyOperationHasAnIdATagASummaryAndAnswers() {
        var tags = names(document.required("tags"), "name");
        var ids = new HashSet<String>();
        for (var path : document.required("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (METHODS.contains(operation.getKey())) {
                    var it = operation.getValue();
                    assertThat(ids.add(it.required("operationId").stringValue()))
                            .as("%s %s", operation.getKey(), path.getKey())
                            .isTrue();
                    assertThat(tags)
                            .containsAll(
                                    it.required("tags")
                                            .valueStream()
                                            .map(JsonNode::stringValue)
                                            .toList());
                    assertThat(it.required("summary").stringValue()).isNotBlank();
                    var responses = it.required("responses").propertyNames();
                    assertThat(responses).isNotEmpty();
                    assertThat(responses)
                            .as("%s %s", operation.getKey(), path.getKey())
                            .containsAll(common(path.getKey(), operation.getKey(), it));
                    assertThat(variables(path.getValue(), it))
                            .as(path.getKey())
                            .isEqualTo(variables(path.getKey()));
                }
            }
        }
    }

    /** What every operation of its kind may answer. */
    private static Set<String> common(String path, String method, JsonNode operation) {
        var all = new HashSet<String>();
        if (path.startsWith("/api/")) {
            all.add("401");
        }
        if (!CONSTANT.contains(path)) {
            all.add("503");
        }
        var form = operation.required("tags").get(0).stringValue().equals("Pages");
        if (form && method.equals("post")) {
            all.addAll(Set.of("403", "413", "415"));
        } else if (operation.has("requestBody")) {
            all.addAll(Set.of("413", "415"));
        }
        return all;
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = document.findValuesAsString("$ref");

        assertThat(references)
                .isNotEmpty()
                .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
    }

    @Test
    void answersAreAsTheirSchemasSay() {
        try (var administrator = Api.administrator();
                var app = Api.of(APP);
                var backend = new Backend(APP)) {
            var made =
                    body(
                            administrator.post(
                                    "/api/v1/apps",
                                    Map.of(
                                            "name",
                                            "Described",
                                            "redirect_uris",
                                            List.of(REDIRECT))),
                            201);
            assertValid("App", made);
            var path = "/api/v1/apps/" + made.required("client_id").stringValue();
            assertValid("App", body(administrator.get(path), 200));
            assertValid("Secret", body(administrator.post(path + "/secrets", ""), 201));
            assertValid("AppPage", body(administrator.get("/api/v1/apps?limit=1"), 200));
            assertValid("Key", body(administrator.post("/api/v1/keys/rotate", ""), 201));

            var email = newAddress();
            assertValid("User", body(app.post("/api/v1/users", Map.of("email", email)), 201));
            var tokens = backend.signIn(email);
            assertValid("Tokens", tokens);
            var token = tokens.required("access_token").stringValue();
            try (var holder = Api.bearer(token)) {
                assertValid("UserInfo", body(holder.get("/oauth2/userinfo"), 200));
            }
            assertValid(
                    "Introspection",
                    body(
                            browser.postForm(
                                    "/oauth2/introspect",
                                    Map.of("token", token),
                                    "Authorization",
                                    backend.authorization()),
                            200));
            assertValid("UserPage", body(app.get("/api/v1/users?limit=2"), 200));
            var session =
                    body(
                            app.get(
                                    "/api/v1/sessions/"
                                            + tokens.required("session_id").stringValue()),
                            200);
            assertValid("Session", session);
            var sessions =
                    "/api/v1/users/" + session.required("user_id").stringValue() + "/sessions";
            app.delete(sessions);
            assertValid("SessionPage", body(app.get(sessions), 200));

            var accepted = body(backend.request(Backend.requestFor(newAddress())), 202);
            assertValid("AcceptedLink", accepted);
            assertValid(
                    "Link", body(backend.find(accepted.required("link_id").stringValue()), 200));
            TestRows.update(
                    "INSERT INTO auth.suppression (subject, email_masked, reason, link_id, expires_at)"
                            + " VALUES (repeat('A', 43), 'a***@mail.example', 'complaint', uuidv7(),"
                            + " now() + interval '1 minute')");
            var suppressions = body(administrator.get("/api/v1/suppressions?limit=1"), 200);
            assertValid("SuppressionPage", suppressions);
            assertThat(suppressions.required("items")).hasSize(1);
            assertValid("Problem", body(app.post("/api/v1/users", "{}"), 400));
            assertValid("Problem", body(browser.get("/api/v1/users"), 401));
            assertValid("Jwks", body(browser.get("/oauth2/jwks"), 200));
        }
    }

    @Test
    void whoeverAnswersOtherwiseIsFoundOut() {
        var user = JsonNodeFactory.instance.objectNode().put("user_id", "x").put("more", 1);

        assertThat(errors("User", user)).isNotEmpty();
        assertThat(errors("Problem", user)).isNotEmpty();
    }

    @Test
    void peopleReadItOnAPageThatLoadsNothingOfOthers() {
        var page = browser.get("/docs");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("POST", "/api/v1/apps/{client_id}/secrets", "post_logout_redirect_uris")
                .doesNotContain("<script", "<style", " style=", "http://", "https://")
                .doesNotContain("th:");
        for (var operation : described()) {
            var path = operation.substring(operation.indexOf(' ') + 1);
            assertThat(VARIABLE.matcher(page.body()).replaceAll("{}")).contains(path);
        }
        assertThat(browser.get("/css/docs.css").statusCode()).isEqualTo(200);
    }

    private Set<String> described() {
        var all = new TreeSet<String>();
        for (var path : document.required("paths").properties()) {
            path.getValue().propertyNames().stream()
                    .filter(METHODS::contains)
                    .map(method -> operation(method, path.getKey()))
                    .forEach(all::add);
        }
        return all;
    }

    private static Set<String> mapped() {
        var handlers =
                RunningAuthApi.get()
                        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                        .getHandlerMethods()
                        .keySet();
        var all = new TreeSet<String>();
        for (var handler : handlers) {
            for (var path : handler.getPatternsCondition().getPatterns()) {
                for (var method : handler.getMethodsCondition().getMethods()) {
                    all.add(operation(method.name(), path.getPatternString()));
                }
            }
        }
        return all;
    }

    /** Names of variables are a matter of taste; regular expressions hold braces of their own. */
    private static String operation(String method, String path) {
        var plain = path.replaceAll("\\{(\\w+):.*}(?=\\.css)", "{$1}");
        return method.toUpperCase(Locale.ROOT) + " " + VARIABLE.matcher(plain).replaceAll("{}");
    }

    private static Set<String> variables(String path) {
        var names = new TreeSet<String>();
        var variables = VARIABLE.matcher(path);
        while (variables.find()) {
            names.add(variables.group().substring(1, variables.group().length() - 1));
        }
        return names;
    }

    private Set<String> variables(JsonNode path, JsonNode operation) {
        var names = new TreeSet<String>();
        for (var node : List.of(path, operation)) {
            for (var parameter : node.path("parameters")) {
                var resolved =
                        parameter.has("$ref")
                                ? document.at(parameter.required("$ref").stringValue().substring(1))
                                : parameter;
                if ("path".equals(resolved.required("in").stringValue())) {
                    names.add(resolved.required("name").stringValue());
                }
            }
        }
        return names;
    }

    private void assertValid(String schema, JsonNode value) {
        assertThat(errors(schema, value)).as("%s: %s", schema, value).isEmpty();
    }

    private List<?> errors(String schema, JsonNode value) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$ref", "#/components/schemas/" + schema);
        root.set("components", document.required("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(value);
    }

    private static List<String> names(JsonNode nodes, String field) {
        return nodes.valueStream().map(node -> node.required(field).stringValue()).toList();
    }
}
