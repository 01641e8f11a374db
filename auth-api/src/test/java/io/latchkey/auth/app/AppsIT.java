package io.latchkey.auth.app;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.ADMIN_TOKEN;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.AppChanged;
import io.latchkey.events.AppId;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.EmailCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AppsIT {
    private static final String APPS = "/api/v1/apps";
    private final Api administrator = Api.administrator();

    @AfterEach
    void close() {
        administrator.close();
    }

    @Test
    void anAppThatIsMadeSignsPeopleIn() {
        var made = make(Map.of("name", "Made", "redirect_uris", List.of(REDIRECT)));
        var id = made.required("client_id").stringValue();
        var secret = made.required("client_secret").stringValue();

        try (var app = Api.of(id, secret)) {
            var accepted =
                    app.post(
                            "/api/v1/links",
                            Map.of("email", newAddress(), "redirect_uri", REDIRECT));
            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        }
        var event = TestEvents.awaitOne(id, AppChanged.class);
        assertThat(event.action()).isEqualTo("app.create");
        assertThat(event.actor()).isEqualTo("administrator");
        assertThat(event.context().tenant()).isEqualTo("default");
        assertThat(event.context().requestId()).isNotNull();
    }

    @Test
    void everythingThatIsSetIsReadBackAndTheSecretIsNot() {
        var sent = new HashMap<String, Object>();
        sent.put("name", "Über \"App\" <1>");
        sent.put("tenant", "tenant-1");
        sent.put("redirect_uris", List.of(REDIRECT, "http://127.0.0.1:3000/"));
        sent.put("post_logout_redirect_uris", List.of("https://app.example/bye"));
        sent.put("allowed_origins", List.of("https://app.example"));
        sent.put("scopes", List.of("audit.read"));
        sent.put(
                "branding",
                Map.of(
                        "logo_url", "https://app.example/logo.png",
                        "color", "#12aBef",
                        "from_name", "The App",
                        "reply_to", "help@app.example"));
        sent.put("link_ttl", 900);
        sent.put("session_ttl", 3600);
        sent.put("sign_up", "closed");
        sent.put("same_browser", "required");
        sent.put(
                "limits", Map.of("address", List.of("3/10m"), "network", List.of("7/1h", "70/1d")));

        var made = make(sent);

        var path = APPS + "/" + made.required("client_id").stringValue();
        var found = body(administrator.get(path), 200);
        assertThat(found.has("client_secret")).isFalse();
        assertThat(found.required("type").stringValue()).isEqualTo("confidential");
        sent.forEach(
                (name, value) ->
                        assertThat(found.required(name)).as(name).isEqualTo(Browser.tree(value)));
    }

    @Test
    void whatIsNotSetIsAsUsual() {
        var made = make(Map.of("name", "Usual", "redirect_uris", List.of(REDIRECT)));

        assertThat(made.required("tenant").stringValue()).isEqualTo("default");
        assertThat(made.required("link_ttl").intValue()).isEqualTo(600);
        assertThat(made.required("session_ttl").intValue()).isEqualTo(2_592_000);
        assertThat(made.required("sign_up").stringValue()).isEqualTo("open");
        assertThat(made.required("same_browser").stringValue()).isEqualTo("confirm");
        assertThat(made.required("limits"))
                .isEqualTo(
                        Browser.tree(
                                Map.of(
                                        "address", List.of("5/15m", "20/1d"),
                                        "network", List.of("60/5m"))));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var sent = new HashMap<String, Object>();
        sent.put("name", " ");
        sent.put("tenant", "a tenant");
        sent.put("type", "secret");
        sent.put("redirect_uris", List.of("http://app.example/"));
        sent.put("post_logout_redirect_uris", List.of("javascript:alert(1)"));
        sent.put("allowed_origins", List.of("https://app.example/"));
        sent.put("scopes", List.of("two words"));
        sent.put(
                "branding",
                Map.of(
                        "logo_url", "http://localhost/logo.png",
                        "color", "red",
                        "from_name", "a\r\nBcc: b@mail.example",
                        "reply_to", "a@b"));
        sent.put("link_ttl", 59);
        sent.put("session_ttl", 2_592_001);
        sent.put("sign_up", "maybe");
        sent.put("same_browser", "OFF");
        sent.put(
                "limits",
                Map.of(
                        "address", List.of("0/1m"),
                        "network", List.of("1/1m", "1/2m", "1/3m", "1/4m", "1/5m")));

        var errors = problem(administrator.post(APPS, sent), 400, "invalid_request");

        assertThat(errors.keySet())
                .containsExactlyInAnyOrder(
                        "/name",
                        "/tenant",
                        "/type",
                        "/redirect_uris",
                        "/post_logout_redirect_uris",
                        "/allowed_origins",
                        "/scopes",
                        "/branding/logo_url",
                        "/branding/color",
                        "/branding/from_name",
                        "/branding/reply_to",
                        "/link_ttl",
                        "/session_ttl",
                        "/sign_up",
                        "/same_browser",
                        "/limits/address",
                        "/limits/network");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"x\"}",
                "{\"name\": \"x\", \"redirect_uris\": []}",
                "{\"name\": \"x\", \"redirect_uris\": [null]}",
                "{\"name\": \"x\", \"redirect_uris\": \"https://app.example/\"}",
                "{\"name\": \"x\", \"redirect_uris\": [\"https://app.example/\"], \"actions\": []}",
                "{\"name\": \"x\", \"redirect_uris\": [\"https://app.example/\"], \"built_in\": true}",
                "{\"name\": \"x\", \"redirect_uris\": [\"https://app.example/\"], \"link_ttl\": \"600\"}",
                "{\"name\": 1, \"redirect_uris\": [\"https://app.example/\"]}",
                "{\"client_id\": \"app_1\", \"name\": \"x\", \"redirect_uris\": [\"https://app.example/\"]}",
                "[]",
                "{"
            })
    void whatIsMalformedOrUnknownIsRefused(String sent) {
        problem(administrator.post(APPS, sent), 400, "invalid_request");
    }

    @Test
    void aPatchChangesWhatItNamesAndNullBringsBackTheUsual() {
        var made =
                make(
                        Map.of(
                                "name",
                                "Before",
                                "redirect_uris",
                                List.of(REDIRECT),
                                "branding",
                                Map.of("color", "#000000", "from_name", "X"),
                                "link_ttl",
                                900));
        var path = APPS + "/" + made.required("client_id").stringValue();

        var patched =
                body(
                        administrator.patch(
                                path,
                                """
                                {"name": "After", "link_ttl": null,
                                 "branding": {"color": null, "reply_to": "a@mail.example"}}
                                """),
                        200);

        assertThat(patched.required("name").stringValue()).isEqualTo("After");
        assertThat(patched.required("link_ttl").intValue()).isEqualTo(600);
        assertThat(patched.required("redirect_uris").get(0).stringValue()).isEqualTo(REDIRECT);
        assertThat(patched.required("branding").required("color").isNull()).isTrue();
        assertThat(patched.required("branding").required("from_name").stringValue()).isEqualTo("X");
        assertThat(body(administrator.get(path), 200)).isEqualTo(patched);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tenant\": \"elsewhere\"}",
                "{\"type\": \"public\"}",
                "{\"client_id\": \"app_1\"}",
                "{\"client_secret\": \"of-the-administrators-choice\"}",
                "{\"name\": null}",
                "{\"redirect_uris\": [\"https://*.example/\"]}",
                "{\"branding\": {\"font\": \"x\"}}"
            })
    void aPatchThatMayNotBeChangesNothing(String patch) {
        var made = make(Map.of("name", "Kept", "redirect_uris", List.of(REDIRECT)));
        var path = APPS + "/" + made.required("client_id").stringValue();
        var before = body(administrator.get(path), 200);

        problem(administrator.patch(path, patch), 400, "invalid_request");

        assertThat(body(administrator.get(path), 200)).isEqualTo(before);
    }

    @Test
    void patchesAtOnceAreAllKept() {
        var made = make(Map.of("name", "Raced", "redirect_uris", List.of(REDIRECT)));
        var path = APPS + "/" + made.required("client_id").stringValue();

        var statuses =
                AtOnce.all(
                        List.of(
                                () -> administrator.patch(path, "{\"link_ttl\": 700}").statusCode(),
                                () ->
                                        administrator
                                                .patch(path, "{\"session_ttl\": 700}")
                                                .statusCode(),
                                () ->
                                        administrator
                                                .patch(path, "{\"sign_up\": \"closed\"}")
                                                .statusCode()));

        assertThat(statuses).containsOnly(200);
        var found = body(administrator.get(path), 200);
        assertThat(found.required("link_ttl").intValue()).isEqualTo(700);
        assertThat(found.required("session_ttl").intValue()).isEqualTo(700);
        assertThat(found.required("sign_up").stringValue()).isEqualTo("closed");
    }

    @Test
    void aRedirectUriThatIsUnregisteredMeanwhileIsNotFollowed() {
        var made = make(Map.of("name", "Moved", "redirect_uris", List.of(REDIRECT)));
        var id = AppId.parse(made.required("client_id").stringValue());
        var secret = made.required("client_secret").stringValue();
        try (var backend = new Backend(id, RunningAuthApi.get().url(), secret);
                var person = new Person()) {
            var byButton = backend.link(newAddress());
            var byCode = backend.link(newAddress());
            var confirmed = person.confirm(backend.link(newAddress()));
            body(
                    administrator.patch(
                            APPS + "/" + id,
                            Map.of("redirect_uris", List.of("https://new.example/"))),
                    200);

            var pressed = person.press(byButton);
            var redeemed =
                    backend.token(
                            Map.of(
                                    "grant_type",
                                    "urn:latchkey:grant-type:email-code",
                                    "link_id",
                                    byCode.toString(),
                                    "code",
                                    EmailCode.of(
                                            byCode,
                                            RunningAuthApi.get().ring().currentKid(),
                                            RunningAuthApi.get().ring().mail())));

            assertThat(pressed.headers().firstValue("Location")).isEmpty();
            assertThat(pressed.statusCode()).isEqualTo(404);
            assertThat(redeemed.body()).contains("invalid_grant");
            for (var link : List.of(byButton, byCode)) {
                assertThat(backend.look(link).required("confirmed_at").isNull()).isTrue();
            }
            // Confirmed while it was registered, the browser is back at the app already.
            assertThat(backend.redeem(confirmed).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theNewestTwoSecretsAreValid() {
        var made = make(Map.of("name", "Rotated", "redirect_uris", List.of(REDIRECT)));
        var id = made.required("client_id").stringValue();
        var first = made.required("client_secret").stringValue();
        assertThat(signsIn(id, first)).isTrue();

        var second = rotate(id);

        assertThat(signsIn(id, first)).isTrue();
        assertThat(signsIn(id, second)).isTrue();

        var third = rotate(id);

        assertThat(signsIn(id, first)).isFalse();
        assertThat(signsIn(id, second)).isTrue();
        assertThat(signsIn(id, third)).isTrue();
        TestEvents.awaitExactly(id, "AppChanged", "AppChanged", "AppChanged");
        assertThat(TestRows.select("SELECT * FROM auth.app").toString())
                .doesNotContain(first, second, third);
        assertThat(TestEvents.dump()).doesNotContain(first, second, third);
    }

    @Test
    void aPublicAppHasNoSecret() {
        var made =
                make(
                        Map.of(
                                "name", "Public",
                                "type", "public",
                                "redirect_uris", List.of("http://127.0.0.1/callback")));

        assertThat(made.has("client_secret")).isFalse();
        problem(
                administrator.post(
                        APPS + "/" + made.required("client_id").stringValue() + "/secrets", ""),
                409,
                "conflict");
    }

    @Test
    void deletingAnAppEndsItsLinksAndSessions() {
        var made = make(Map.of("name", "Deleted", "redirect_uris", List.of(REDIRECT)));
        var id = AppId.parse(made.required("client_id").stringValue());
        var secret = made.required("client_secret").stringValue();
        try (var backend = new Backend(id, RunningAuthApi.get().url(), secret);
                var person = new Person()) {
            var session = backend.signIn(newAddress()).required("session_id").stringValue();
            var alive = backend.link(newAddress());

            assertThat(administrator.delete(APPS + "/" + id).statusCode()).isEqualTo(204);

            TestEvents.awaitExactly(session, "SessionIssued", "SessionRevoked");
            TestEvents.awaitExactly(alive, "LinkRequested", "LinkRevoked");
            assertThat(person.open(alive).statusCode()).isEqualTo(410);
            assertThat(signsIn(id.toString(), secret)).isFalse();
            problem(administrator.get(APPS + "/" + id), 404, "not_found");
            problem(administrator.delete(APPS + "/" + id), 404, "not_found");
            problem(administrator.patch(APPS + "/" + id, "{}"), 404, "not_found");
        }
    }

    @Test
    void whatADeadNodeLeftOfADeletedAppIsEndedByAnother() {
        var made = make(Map.of("name", "Half deleted", "redirect_uris", List.of(REDIRECT)));
        var id = AppId.parse(made.required("client_id").stringValue());
        try (var backend =
                new Backend(
                        id,
                        RunningAuthApi.get().url(),
                        made.required("client_secret").stringValue())) {
            var tokens = backend.signIn(newAddress());
            var session = tokens.required("session_id").stringValue();
            var refreshed =
                    Backend.tokens(backend.refresh(tokens.required("refresh_token").stringValue()));
            var alive = backend.link(newAddress());
            TestRows.update(
                    "WITH gone AS (DELETE FROM auth.app WHERE id = ? RETURNING id)"
                            + " INSERT INTO auth.deleted_app (id) SELECT id FROM gone",
                    id.value());

            // At once, though nodes know the app for some seconds more.
            for (var answer : List.of(tokens, refreshed)) {
                assertThat(
                                backend.refresh(answer.required("refresh_token").stringValue())
                                        .statusCode())
                        .isEqualTo(400);
                try (var holder = Api.bearer(answer.required("access_token").stringValue())) {
                    assertThat(holder.get("/oauth2/userinfo").statusCode()).isEqualTo(401);
                }
            }
            RunningAuthApi.get().bean(DeleteApp.class).endWhatIsLeft().block();

            TestEvents.awaitExactly(session, "SessionIssued", "SessionRefreshed", "SessionRevoked");
            TestEvents.awaitExactly(alive, "LinkRequested", "LinkRevoked");
            try (var other = new Backend(APP)) {
                assertThat(other.status(other.link(newAddress()))).isEqualTo("accepted");
            }
        }
    }

    @Test
    void whatCannotBeEndedOfOneDeletedAppHoldsUpNoOther() {
        var broken = halfDeleted();
        var others = List.of(halfDeleted(), halfDeleted());
        var deleteApp = RunningAuthApi.get().bean(DeleteApp.class);
        TestRows.update(
                """
                CREATE FUNCTION auth.refuse_to_end() RETURNS trigger LANGUAGE plpgsql
                AS $$ BEGIN RAISE EXCEPTION 'refused by a test'; END $$
                """);
        TestRows.update(
                """
                CREATE TRIGGER refuse_to_end BEFORE UPDATE ON auth.session FOR EACH ROW
                  WHEN (OLD.id = '%s') EXECUTE FUNCTION auth.refuse_to_end()
                """
                        .formatted(SessionId.parse(broken).value()));

        try {
            deleteApp.endWhatIsLeft().block();

            others.forEach(one -> TestEvents.awaitExactly(one, "SessionIssued", "SessionRevoked"));
            assertThat(TestEvents.namesAbout(broken)).containsExactly("SessionIssued");
        } finally {
            TestRows.update("DROP FUNCTION auth.refuse_to_end() CASCADE");
        }
        deleteApp.endWhatIsLeft().block();
        TestEvents.awaitExactly(broken, "SessionIssued", "SessionRevoked");
    }

    @Test
    void anAppThatIsMadeAgainKeepsWhatItHasSince() {
        var made = make(Map.of("name", "Made again", "redirect_uris", List.of(REDIRECT)));
        var id = AppId.parse(made.required("client_id").stringValue());
        var row =
                TestRows.select(
                        "SELECT to_jsonb(a)::text AS app FROM auth.app a WHERE id = ?", id.value());
        assertThat(administrator.delete(APPS + "/" + id).statusCode()).isEqualTo(204);
        TestRows.update(
                "INSERT INTO auth.app SELECT (jsonb_populate_record(NULL::auth.app, ?::jsonb)).*",
                row.getFirst().get("app"));
        try (var backend =
                new Backend(
                        id,
                        RunningAuthApi.get().url(),
                        made.required("client_secret").stringValue())) {
            var tokens = backend.signIn(newAddress());

            RunningAuthApi.get().bean(DeleteApp.class).endWhatIsLeft().block();

            Backend.tokens(backend.refresh(tokens.required("refresh_token").stringValue()));
            assertThat(administrator.delete(APPS + "/" + id).statusCode()).isEqualTo(204);
            TestEvents.awaitExactly(
                    tokens.required("session_id").stringValue(),
                    "SessionIssued",
                    "SessionRefreshed",
                    "SessionRevoked");
        }
    }

    /** The session of an app whose node died after it was deleted. */
    private String halfDeleted() {
        var made = make(Map.of("name", "Half deleted", "redirect_uris", List.of(REDIRECT)));
        var id = AppId.parse(made.required("client_id").stringValue());
        var secret = made.required("client_secret").stringValue();
        try (var backend = new Backend(id, RunningAuthApi.get().url(), secret)) {
            var session = backend.signIn(newAddress()).required("session_id").stringValue();
            TestRows.update(
                    "WITH gone AS (DELETE FROM auth.app WHERE id = ? RETURNING id)"
                            + " INSERT INTO auth.deleted_app (id) SELECT id FROM gone",
                    id.value());
            return session;
        }
    }

    @Test
    void aListIsReadInPagesWithoutGapOrRepetition() {
        var tenant = "list-" + UUID.randomUUID();
        var made = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            made.addFirst(
                    make(Map.of(
                                    "name",
                                    "Listed " + i,
                                    "tenant",
                                    tenant,
                                    "type",
                                    "public",
                                    "redirect_uris",
                                    List.of(REDIRECT)))
                            .required("client_id")
                            .stringValue());
        }

        var found = new ArrayList<String>();
        var next = APPS + "?limit=2&tenant=" + tenant;
        var pages = 0;
        while (next != null) {
            var page = body(administrator.get(next), 200);
            page.required("items")
                    .forEach(app -> found.add(app.required("client_id").stringValue()));
            next =
                    page.has("next_cursor")
                            ? APPS
                                    + "?limit=2&tenant="
                                    + tenant
                                    + "&cursor="
                                    + page.required("next_cursor").stringValue()
                            : null;
            pages++;
        }

        assertThat(found).isEqualTo(made);
        assertThat(pages).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=201", "limit=x", "limit=-1", "cursor=x", "cursor=AAAA"})
    void aListTakesNoOtherPages(String query) {
        problem(administrator.get(APPS + "?" + query), 400, "invalid_request");
    }

    @Test
    void theBuiltInAppIsNobodysToSeeOrChange() {
        var tenant = "built-in-" + UUID.randomUUID();
        var id = AppId.next();
        TestRows.update(
                "INSERT INTO auth.app (id, tenant, name, type, redirect_uris, link_ttl, session_ttl,"
                        + " sign_up, same_browser, built_in) VALUES (?, ?, 'Account', 'public',"
                        + " '{}', 600, 600, 'open', 'confirm', true)",
                id.value(),
                tenant);

        var listed = body(administrator.get(APPS + "?tenant=" + tenant), 200);

        assertThat(listed.required("items").isEmpty()).isTrue();
        for (var answer :
                List.of(
                        administrator.get(APPS + "/" + id),
                        administrator.patch(APPS + "/" + id, "{\"name\": \"Mine\"}"),
                        administrator.post(APPS + "/" + id + "/secrets", ""),
                        administrator.delete(APPS + "/" + id))) {
            problem(answer, 404, "not_found");
        }
        assertThat(TestRows.count("FROM auth.app WHERE id = ? AND name = 'Account'", id.value()))
                .isEqualTo(1);
    }

    @Test
    void anAppIsNoAdministrator() {
        try (var app = Api.of(APP)) {
            problem(app.get(APPS), 403, "forbidden");
            problem(app.post(APPS, Map.of("name", "x")), 403, "forbidden");
            problem(app.get(APPS + "/" + APP), 403, "forbidden");
            problem(app.delete(APPS + "/" + APP), 403, "forbidden");
            problem(app.post(APPS + "/" + APP + "/secrets", ""), 403, "forbidden");
            problem(app.post("/api/v1/keys/rotate", ""), 403, "forbidden");
        }
    }

    @Test
    void theAdministratorIsNoApp() {
        problem(
                administrator.post(
                        "/api/v1/links", Map.of("email", newAddress(), "redirect_uri", REDIRECT)),
                403,
                "forbidden");
    }

    @Test
    void nobodyElseIsLetIn() {
        var wrong = new HashSet<>(List.of("x", ADMIN_TOKEN + "x", ADMIN_TOKEN.substring(1)));
        wrong.add(ADMIN_TOKEN.toUpperCase(Locale.ROOT));
        for (var token : wrong) {
            try (var somebody = Api.bearer(token)) {
                problem(somebody.get(APPS), 401, "invalid_token");
            }
        }
        try (var somebody = Api.of("administrator", ADMIN_TOKEN)) {
            problem(somebody.get(APPS), 401, "invalid_client");
        }
        try (var browser = new Browser(RunningAuthApi.get().url())) {
            problem(browser.get(APPS), 401, "invalid_client");
            problem(browser.get(APPS + "?access_token=" + ADMIN_TOKEN), 401, "invalid_client");
        }
    }

    private boolean signsIn(String clientId, String secret) {
        try (var browser = new Browser(RunningAuthApi.get().url())) {
            var answer =
                    browser.postForm(
                            "/oauth2/token",
                            Map.of("grant_type", "client_credentials"),
                            "Authorization",
                            Browser.basic(clientId, secret));
            return answer.statusCode() == 200;
        }
    }

    private String rotate(String id) {
        return body(administrator.post(APPS + "/" + id + "/secrets", ""), 201)
                .required("client_secret")
                .stringValue();
    }

    private JsonNode make(Map<String, ?> sent) {
        return body(administrator.post(APPS, sent), 201);
    }
}
