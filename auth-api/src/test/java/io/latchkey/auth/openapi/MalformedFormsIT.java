package io.latchkey.auth.openapi;

import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static io.latchkey.auth.RunningAuthApi.SIGNED_OUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every OAuth endpoint that takes a form, sent everything that is none: no change. */
class MalformedFormsIT {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final List<String> BROKEN = List.of("%", "%4", "%zz", "%-1", "%u0041");
    private static final List<String> NO_TEXT =
            List.of("%00", "a%00b", "%ff", "%c0%80", "%ed%a0%80");

    private static final String REQUESTS = "malformed-" + UUID.randomUUID();

    /** Of all tests: none of them changes anything of it. */
    private static final OwnTenant OWN = new OwnTenant();

    private final Browser http = new Browser(RunningAuthApi.get().url());
    private final List<Map<String, @Nullable String>> before = OWN.rows();

    /** With a form that would be taken; those for programs answer as RFC 6749 says. */
    enum Endpoint {
        AUTHORIZE("/oauth2/authorize", "client_id redirect_uri response_type"),
        TOKEN("/oauth2/token", "grant_type refresh_token"),
        INTROSPECT("/oauth2/introspect", "token"),
        REVOKE("/oauth2/revoke", "token"),
        LOGOUT("/oauth2/logout", "id_token_hint post_logout_redirect_uri");

        private final String path;
        private final String parameters;

        Endpoint(String path, String parameters) {
            this.path = path;
            this.parameters = parameters;
        }

        List<String> parameters() {
            return List.of(parameters.split(" ", -1));
        }

        Map<String, String> form() {
            var form = new LinkedHashMap<String, String>();
            parameters().forEach(name -> form.put(name, value(name)));
            return form;
        }

        private static String value(String name) {
            return switch (name) {
                case "client_id" -> OWN.clientId();
                case "redirect_uri" -> REDIRECT;
                case "response_type" -> "code";
                case "grant_type" -> "refresh_token";
                case "token", "refresh_token" -> OWN.token("refresh_token");
                case "id_token_hint" -> OWN.token("id_token");
                case "post_logout_redirect_uri" -> SIGNED_OUT;
                default -> throw new IllegalArgumentException(name);
            };
        }

        boolean isForPrograms() {
            return this != AUTHORIZE && this != LOGOUT;
        }
    }

    @BeforeEach
    void sessionIsAlive() {
        assertThat(before).extracting(row -> row.get("kept")).contains("session");
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(OWN.rows()).isEqualTo(before);
        http.close();
    }

    /** So the others were refused for what was wrong with them, and made no event. */
    @AfterAll
    static void aFormIsTakenAsItIs() {
        var id = "taken-" + UUID.randomUUID();
        try (var app = new Browser(RunningAuthApi.get().url())) {
            var answer =
                    app.postForm(
                            Endpoint.REVOKE.path,
                            Endpoint.REVOKE.form(),
                            "Authorization",
                            OWN.authorization(),
                            "X-Request-Id",
                            id);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        OwnTenant.assertNoEvents(REQUESTS, id);
    }

    @Test
    void everyFormOfTheDocumentIsTried() {
        var described = new ArrayList<String>();
        for (var path : MalformedRequestsIT.document().required("paths").properties()) {
            if (path.getValue().toString().contains(FORM)) {
                described.add(path.getKey());
            }
        }

        assertThat(Endpoint.values())
                .extracting(endpoint -> endpoint.path)
                .containsExactlyInAnyOrderElementsOf(described);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFormOrTooMuchOfItIsRefusedAsSuch(Endpoint endpoint) {
        var form = encoded(endpoint.form());

        for (var type :
                List.of("text/plain", "application/json", "multipart/form-data;boundary=x", "x")) {
            assertRefused(endpoint, send(endpoint, form, "Content-Type", type), 415);
        }
        assertRefused(endpoint, send(endpoint, form), 415);
        for (var coding : List.of("gzip", "identity")) {
            assertRefused(
                    endpoint,
                    send(endpoint, form, "Content-Type", FORM, "Content-Encoding", coding),
                    415);
        }
        assertRefused(endpoint, post(endpoint, form + "&x=" + "x".repeat(64 * 1024)), 413);
    }

    @ParameterizedTest
    @EnumSource
    void brokenEscapesAreRefused(Endpoint endpoint) {
        for (var broken : BROKEN) {
            for (var body : List.of(broken, broken + "=x", "x=" + broken)) {
                assertRefused(endpoint, post(endpoint, encoded(endpoint.form()) + "&" + body), 400);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "INTROSPECT", "REVOKE"})
    void aParameterIsThereOnceAndTextOrTheCallIsRefused(Endpoint endpoint) {
        for (var name : endpoint.parameters()) {
            var form = endpoint.form();
            for (var again : List.of(form.get(name), "", "x")) {
                var twice = encoded(form) + "&" + encoded(Map.of(name, again));
                assertRefused(endpoint, post(endpoint, twice), 400);
            }
            for (var noText : NO_TEXT) {
                assertRefused(endpoint, post(endpoint, with(form, name, noText)), 400);
            }
            form.remove(name);
            assertRefused(endpoint, post(endpoint, encoded(form)), 400);
        }
        assertRefused(endpoint, post(endpoint, ""), 400);
        assertRefused(endpoint, post(endpoint, "&=&"), 400);
    }

    /** Whoever is sent on, is sent to the same by GET. */
    @ParameterizedTest
    @EnumSource(names = {"AUTHORIZE", "LOGOUT"})
    void whateverPeopleAreSentHereWithSignsNobodyInOrOut(Endpoint endpoint) {
        for (var name : endpoint.parameters()) {
            var form = encoded(endpoint.form());
            var bodies = new ArrayList<>(List.of("", "&=&", form + "&" + name + "=x"));
            NO_TEXT.forEach(noText -> bodies.add(with(endpoint.form(), name, noText)));
            for (var body : bodies) {
                var answer = post(endpoint, body);
                assertThat(answer.statusCode()).as(answer.body()).isIn(303, 400);
                assertThat(answer.headers().firstValue("Location").orElse(""))
                        .doesNotStartWith(SIGNED_OUT);
                MalformedRequestsIT.assertNothingOfOurs(answer);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOKEN", "INTROSPECT", "REVOKE"})
    void whatIsInTheUrlIsNotRead(Endpoint endpoint) {
        var form = encoded(endpoint.form());
        var credentials = "?client_id=" + OWN.clientId() + "&client_secret=" + OWN.secret();

        var parameters =
                http.send(
                        "post",
                        endpoint.path + "?" + form,
                        ofText(""),
                        "Content-Type",
                        FORM,
                        "Authorization",
                        OWN.authorization());
        var client =
                http.send("post", endpoint.path + credentials, ofText(form), "Content-Type", FORM);

        assertRefused(endpoint, parameters, 400);
        assertRefused(endpoint, client, 401);
        assertThat(client.body()).doesNotContain(OWN.secret());
    }

    @Test
    void anAccessTokenInTheUrlSaysNothing() {
        var token = "access_token=" + OWN.token("access_token");
        var path = "/oauth2/userinfo";

        var inUrl = path + "?" + token;
        assertThat(http.get(inUrl).statusCode()).isEqualTo(401);
        assertThat(http.send("post", inUrl, ofText(""), "Content-Type", FORM).statusCode())
                .isEqualTo(401);
        assertThat(http.send("post", path, ofText(token), "Content-Type", FORM).statusCode())
                .isEqualTo(200);
        for (var body : List.of(token + "&" + token, "access_token=%00", "access_token=%zz")) {
            assertThat(http.send("post", path, ofText(body), "Content-Type", FORM).statusCode())
                    .isEqualTo(400);
        }
        assertThat(http.send("post", path, ofText(token), "Content-Encoding", "gzip").statusCode())
                .isEqualTo(415);
    }

    private void assertRefused(Endpoint endpoint, HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as("%s %s", endpoint, answer.body()).isEqualTo(status);
        MalformedRequestsIT.assertNothingOfOurs(answer);
        var error = Browser.json(answer);
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("error", "error_description");
        assertThat(error.required("error").stringValue())
                .isEqualTo(status == 401 ? "invalid_client" : "invalid_request");
    }

    private HttpResponse<String> post(Endpoint endpoint, String body) {
        return send(endpoint, body, "Content-Type", FORM);
    }

    private HttpResponse<String> send(Endpoint endpoint, String body, String... headers) {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Request-Id", REQUESTS, "Accept", "application/json"));
        if (endpoint.isForPrograms()) {
            all.addAll(List.of("Authorization", OWN.authorization()));
        }
        return http.send("post", endpoint.path, ofText(body), all.toArray(String[]::new));
    }

    private static BodyPublisher ofText(String body) {
        return BodyPublishers.ofString(body);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** With a value that is encoded already. */
    private static String with(Map<String, String> form, String name, String value) {
        var others = new LinkedHashMap<>(form);
        others.remove(name);
        return encoded(others) + "&" + name + "=" + value;
    }
}
