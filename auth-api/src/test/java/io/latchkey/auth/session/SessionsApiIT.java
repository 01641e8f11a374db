package io.latchkey.auth.session;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.SessionId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Users' sessions as the apps of their tenant and the administrator see and end them. */
class SessionsApiIT {
    private final Api app = Api.of(APP);
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        app.close();
        backend.close();
    }

    @Test
    void aSessionSaysWhoseItIsAndWhereFrom() {
        var email = newAddress();
        JsonNode tokens;
        try (var person = Person.withUserAgent("A browser/1.0")) {
            tokens = Backend.tokens(backend.redeem(person.confirm(backend.link(email))));
        }
        var path = path(tokens);

        var session = body(app.get(path), 200);

        assertThat(session.required("session_id")).isEqualTo(tokens.required("session_id"));
        assertThat(session.required("user_id").stringValue()).startsWith("user_");
        assertThat(session.required("client_id").stringValue()).isEqualTo(APP.toString());
        assertThat(session.required("user_agent").stringValue()).isEqualTo("A browser/1.0");
        assertThat(session.required("ip").stringValue()).isEqualTo("127.0.0.1");
        assertThat(session.required("created_at").stringValue()).endsWith("Z");
        for (var name : List.of("refreshed_at", "ended_at", "end_reason")) {
            assertThat(session.required(name).isNull()).as(name).isTrue();
        }
        backend.refresh(tokens.required("refresh_token").stringValue());
        assertThat(body(app.get(path), 200).required("refreshed_at").isNull()).isFalse();
    }

    @Test
    void anEndedSessionIsRefusedAndSaysSo() {
        var tokens = backend.signIn(newAddress());
        var path = path(tokens);

        assertThat(app.delete(path).statusCode()).isEqualTo(204);

        assertThat(backend.refresh(tokens.required("refresh_token").stringValue()).statusCode())
                .isEqualTo(400);
        var ended = body(app.get(path), 200);
        assertThat(ended.required("end_reason").stringValue()).isEqualTo("revoked");
        assertThat(ended.required("ended_at").isNull()).isFalse();
        assertThat(app.delete(path).statusCode()).isEqualTo(204);
        assertThat(body(app.get(path), 200)).isEqualTo(ended);
        TestEvents.awaitExactly(
                tokens.required("session_id").stringValue(), "SessionIssued", "SessionRevoked");
    }

    @Test
    void aSessionWhoseTimeIsOverIsExpired() {
        var tokens = backend.signIn(newAddress());
        TestRows.update(
                "UPDATE auth.session SET expires_at = now() - interval '1 minute' WHERE id = ?",
                SessionId.parse(tokens.required("session_id").stringValue()).value());

        var session = body(app.get(path(tokens)), 200);

        assertThat(session.required("end_reason").stringValue()).isEqualTo("expired");
        assertThat(session.required("ended_at")).isEqualTo(session.required("expires_at"));
        assertThat(app.delete(path(tokens)).statusCode()).isEqualTo(204);
        assertThat(body(app.get(path(tokens)), 200)).isEqualTo(session);
    }

    @Test
    void aUsersSessionsAreListedNewestFirstAndEndTogether() {
        var email = newAddress();
        var made = new ArrayList<String>();
        try (var sister = new Backend(SISTER)) {
            for (var one : List.of(backend, sister, backend)) {
                made.addFirst(one.signIn(email).required("session_id").stringValue());
            }
        }
        var user = body(app.get(path(made.getFirst())), 200).required("user_id").stringValue();
        var list = "/api/v1/users/" + user + "/sessions";

        assertThat(ids(list)).filteredOn(made::contains).isEqualTo(made);
        var first = body(app.get(list + "?limit=1"), 200);
        assertThat(first.required("items").size()).isEqualTo(1);
        var second =
                body(
                        app.get(
                                list
                                        + "?limit=1&cursor="
                                        + first.required("next_cursor").stringValue()),
                        200);
        assertThat(second.required("items").get(0)).isNotEqualTo(first.required("items").get(0));

        assertThat(app.delete(list).statusCode()).isEqualTo(204);

        assertThat(body(app.get(list), 200).required("items"))
                .allMatch(s -> "revoked".equals(s.required("end_reason").stringValue()));
        assertThat(app.delete(list).statusCode()).isEqualTo(204);
        for (var session : made) {
            TestEvents.awaitExactly(session, "SessionIssued", "SessionRevoked");
        }
    }

    @Test
    void codesOnTheirWayEndWithAllSessions() {
        var email = newAddress();
        var sessions = "/api/v1/users/" + userOf(backend.signIn(email)) + "/sessions";
        try (var person = new Person()) {
            var code = person.confirm(backend.link(email));

            assertThat(app.delete(sessions).statusCode()).isEqualTo(204);

            assertThat(backend.redeem(code).body()).contains("invalid_grant");
        }
        assertThat(backend.signIn(email).required("session_id").stringValue()).isNotEmpty();
    }

    @Test
    void whatTheAdministratorEndsIsRecordedAsHisDoing() {
        var email = newAddress();
        var one = backend.signIn(email);
        var other = backend.signIn(email);
        var user = userOf(one);
        try (var administrator = Api.administrator()) {
            for (int i = 0; i < 2; i++) {
                assertThat(administrator.delete(path(one)).statusCode()).isEqualTo(204);
                assertThat(administrator.delete("/api/v1/users/" + user + "/sessions").statusCode())
                        .isEqualTo(204);
            }
        }

        TestEvents.awaitExactly(
                one.required("session_id").stringValue(),
                "SessionIssued",
                "SessionRevoked",
                "AdminActed");
        TestEvents.awaitExactly(
                other.required("session_id").stringValue(), "SessionIssued", "SessionRevoked");
        // The second time as well: codes on their way end by it, whether there are any or not.
        await().untilAsserted(
                        () ->
                                assertThat(TestEvents.namesAbout(user))
                                        .filteredOn("AdminActed"::equals)
                                        .hasSize(3));
    }

    private String userOf(JsonNode tokens) {
        return body(app.get(path(tokens)), 200).required("user_id").stringValue();
    }

    @Test
    void anotherTenantsSessionsAreNotThere() {
        var tokens = backend.signIn(newAddress());
        var path = path(tokens);

        try (var sister = Api.of(SISTER);
                var stranger = Api.of(STRANGER);
                var administrator = Api.administrator()) {
            assertThat(body(sister.get(path), 200)).isEqualTo(body(app.get(path), 200));
            problem(stranger.get(path), 404, "not_found");
            problem(stranger.delete(path), 404, "not_found");
            assertThat(body(app.get(path), 200).required("ended_at").isNull()).isTrue();
            assertThat(administrator.delete(path).statusCode()).isEqualTo(204);
        }
        assertThat(body(app.get(path), 200).required("ended_at").isNull()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sessions/x",
                "/api/v1/sessions/sess_00000000000000000000000000",
                "/api/v1/users/x/sessions",
                "/api/v1/users/user_00000000000000000000000000/sessions"
            })
    void whatIsUnknownIsNotThere(String path) {
        problem(app.get(path), 404, "not_found");
        problem(app.delete(path), 404, "not_found");
    }

    private List<String> ids(String list) {
        return body(app.get(list), 200)
                .required("items")
                .valueStream()
                .map(s -> s.required("session_id").stringValue())
                .toList();
    }

    private static String path(JsonNode tokens) {
        return path(tokens.required("session_id").stringValue());
    }

    private static String path(String session) {
        return "/api/v1/sessions/" + session;
    }
}
