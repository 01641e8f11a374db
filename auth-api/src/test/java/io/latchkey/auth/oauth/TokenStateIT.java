package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionId;
import io.latchkey.events.SessionRevoked;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Promise S16: what a token is worth is said as it is now, and its end is its end. */
class TokenStateIT {
    private static final String INTROSPECT = "/oauth2/introspect";
    private static final String REVOKE = "/oauth2/revoke";
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Browser http = new Browser(api.url());
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        http.close();
        backend.close();
    }

    @Test
    void anAccessTokenIsDescribed() throws Exception {
        var tokens = backend.signIn(newAddress());
        var claims = SignedJWT.parse(text(tokens, "access_token")).getJWTClaimsSet();

        var answer = introspect(backend, text(tokens, "access_token"));

        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        var said = Browser.json(answer);
        assertThat(said.required("active").booleanValue()).isTrue();
        assertThat(text(said, "scope")).isEqualTo("openid email");
        assertThat(text(said, "client_id")).isEqualTo(APP.toString());
        assertThat(text(said, "token_type")).isEqualTo("Bearer");
        assertThat(text(said, "sub")).isEqualTo(claims.getSubject());
        assertThat(text(said, "iss")).isEqualTo(api.url());
        assertThat(text(said, "jti")).isEqualTo(claims.getJWTID());
        assertThat(text(said, "sid")).isEqualTo(text(tokens, "session_id"));
        assertThat(said.required("aud").valueStream().map(JsonNode::stringValue))
                .containsExactlyInAnyOrder(api.url(), APP.toString());
        assertThat(said.required("exp").longValue())
                .isEqualTo(claims.getExpirationTime().toInstant().getEpochSecond());
        assertThat(said.required("iat").longValue())
                .isEqualTo(claims.getIssueTime().toInstant().getEpochSecond());
        assertThat(said.required("auth_time").longValue())
                .isEqualTo(claims.getLongClaim("auth_time"));
    }

    @Test
    void aRefreshTokenIsActiveWhileItWouldBeTaken() {
        var tokens = backend.signIn(newAddress());
        var first = text(tokens, "refresh_token");
        var said = Browser.json(introspect(backend, first));
        assertThat(said.required("active").booleanValue()).isTrue();
        assertThat(text(said, "sid")).isEqualTo(text(tokens, "session_id"));
        assertThat(said.has("token_type")).isFalse();

        var second = text(Backend.tokens(backend.refresh(first)), "refresh_token");

        // For ten seconds it repeats its answer.
        assertThat(isActive(backend, first)).isTrue();
        TestRows.update(
                "UPDATE auth.session SET rotated_at = ARRAY[now() - interval '11 seconds']"
                        + " WHERE id = ?",
                SessionId.parse(text(tokens, "session_id")).value());
        assertThat(isActive(backend, first)).isFalse();
        // Asking is not using.
        assertThat(isActive(backend, second)).isTrue();
    }

    @Test
    void anAppsOwnTokenIsActive() {
        var own =
                Browser.json(
                        backend.token(
                                Map.of(
                                        "grant_type", "client_credentials",
                                        "scope", "audit.read")));

        var said = Browser.json(introspect(backend, text(own, "access_token")));

        assertThat(said.required("active").booleanValue()).isTrue();
        assertThat(text(said, "scope")).isEqualTo("audit.read");
        assertThat(text(said, "sub")).isEqualTo(APP.toString());
        assertThat(said.has("sid")).isFalse();
    }

    @Test
    void othersTokensAreInactiveAndNothingMoreIsSaid() {
        var tokens = backend.signIn(newAddress());
        var own = Browser.json(backend.token(Map.of("grant_type", "client_credentials")));
        try (var sister = new Backend(SISTER);
                var stranger = new Backend(STRANGER)) {
            for (var other : List.of(sister, stranger)) {
                for (var token :
                        List.of(
                                text(tokens, "access_token"),
                                text(tokens, "refresh_token"),
                                text(own, "access_token"))) {
                    assertThat(introspect(other, token).body()).isEqualTo("{\"active\":false}");
                }
            }
        }
        for (var nonsense : List.of("x", "x.y.z", text(tokens, "id_token"))) {
            assertThat(introspect(backend, nonsense).body()).isEqualTo("{\"active\":false}");
        }
    }

    @Test
    void aBlockedUsersTokensAreInactive() {
        var address = newAddress();
        var tokens = backend.signIn(address);

        TestRows.update("UPDATE auth.\"user\" SET status = 'blocked' WHERE email = ?", address);

        assertThat(isActive(backend, text(tokens, "access_token"))).isFalse();
        assertThat(isActive(backend, text(tokens, "refresh_token"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token"})
    void revokingEitherTokenEndsTheSessionAtOnce(String which) {
        var tokens = backend.signIn(newAddress());

        var answer = revoke(backend, text(tokens, which));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(backend.refresh(text(tokens, "refresh_token")).body()).contains("invalid_grant");
        assertThat(isActive(backend, text(tokens, "access_token"))).isFalse();
        assertThat(isActive(backend, text(tokens, "refresh_token"))).isFalse();
        var session = text(tokens, "session_id");
        assertThat(TestEvents.awaitOne(session, SessionRevoked.class).endReason())
                .isEqualTo(EndReason.REVOKED);
    }

    @Test
    void revokingTwiceOrByManyIsRevokingOnce() {
        var tokens = backend.signIn(newAddress());

        var answers = AtOnce.times(8, () -> revoke(backend, text(tokens, "refresh_token")));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        TestEvents.awaitExactly(text(tokens, "session_id"), "SessionIssued", "SessionRevoked");
    }

    @Test
    void othersAndForgedTokensEndNothing() {
        var tokens = backend.signIn(newAddress());
        try (var sister = new Backend(SISTER);
                var stranger = new Backend(STRANGER)) {
            for (var other : List.of(sister, stranger)) {
                assertThat(revoke(other, text(tokens, "refresh_token")).statusCode())
                        .isEqualTo(200);
                assertThat(revoke(other, text(tokens, "access_token")).statusCode()).isEqualTo(200);
            }
        }
        var forged = text(tokens, "refresh_token").substring(1) + "A";
        for (var nonsense : List.of("x", forged, text(tokens, "id_token"))) {
            assertThat(revoke(backend, nonsense).statusCode()).isEqualTo(200);
        }

        assertThat(isActive(backend, text(tokens, "refresh_token"))).isTrue();
    }

    @Test
    void whatCannotBeRevokedIsNotSaidToBe() {
        var own = Browser.json(backend.token(Map.of("grant_type", "client_credentials")));
        var token = text(own, "access_token");

        var answer = revoke(backend, token);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(Browser.json(answer), "error")).isEqualTo("unsupported_token_type");
        try (var sister = new Backend(SISTER)) {
            assertThat(revoke(sister, token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPublicAppRevokesByItsNameAndIntrospectsNothing() {
        try (var person = new Person()) {
            var _ = person.press(backend.link(newAddress()));
            var code = Person.code(person.browser().get(AuthorizationUrl.of(PUBLIC).toString()));
            var tokens =
                    Backend.tokens(
                            http.postForm(
                                    "/oauth2/token",
                                    Map.of(
                                            "grant_type",
                                            "authorization_code",
                                            "client_id",
                                            PUBLIC.toString(),
                                            "code",
                                            code,
                                            "redirect_uri",
                                            RunningAuthApi.REDIRECT,
                                            "code_verifier",
                                            AuthorizationUrl.VERIFIER)));
            var form =
                    Map.of(
                            "client_id", PUBLIC.toString(),
                            "token", text(tokens, "refresh_token"));

            assertError(http.postForm(INTROSPECT, form), 401, "invalid_client");
            assertThat(http.postForm(REVOKE, form).statusCode()).isEqualTo(200);

            assertThat(
                            http.postForm(
                                            "/oauth2/token",
                                            Map.of(
                                                    "grant_type", "refresh_token",
                                                    "client_id", PUBLIC.toString(),
                                                    "refresh_token", text(tokens, "refresh_token")))
                                    .body())
                    .contains("invalid_grant");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void clientsAuthenticateAsAtTheTokenEndpoint(String path) {
        var token = text(backend.signIn(newAddress()), "access_token");
        var secret = RunningAuthApi.SECRET;
        var posted = Map.of("token", "x", "client_id", APP.toString(), "client_secret", secret);
        assertThat(http.postForm(path, posted).statusCode()).isEqualTo(200);

        assertError(http.postForm(path, Map.of("token", token)), 401, "invalid_client");
        assertError(
                http.postForm(
                        path,
                        Map.of("token", token),
                        "Authorization",
                        Browser.basic(APP, "wrong-secret-0123456789")),
                401,
                "invalid_client");
        assertError(
                http.postForm(path, Map.of("token", token, "client_id", APP.toString())),
                401,
                "invalid_client");
        assertError(
                http.postForm(path, Map.of("token", token), "Authorization", "Bearer " + token),
                401,
                "invalid_client");
        assertError(
                http.postForm(path, posted, "Authorization", backend.authorization()),
                400,
                "invalid_request");
        assertError(
                http.postForm(path, Map.of(), "Authorization", backend.authorization()),
                400,
                "invalid_request");
        assertError(
                http.post(
                        path,
                        "token=x&token=y".getBytes(StandardCharsets.UTF_8),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        backend.authorization()),
                400,
                "invalid_request");
        assertThat(http.get(path).statusCode()).isEqualTo(405);
        assertThat(isActive(backend, token)).isTrue();
    }

    private boolean isActive(Backend app, String token) {
        return Browser.json(introspect(app, token)).required("active").booleanValue();
    }

    private static HttpResponse<String> introspect(Backend app, String token) {
        var answer = send(app, INTROSPECT, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static HttpResponse<String> revoke(Backend app, String token) {
        return send(app, REVOKE, token);
    }

    /** With a hint that is wrong half of the time. */
    private static HttpResponse<String> send(Backend app, String path, String token) {
        var form = new HashMap<>(Map.of("token", token, "token_type_hint", "refresh_token"));
        return app.http().postForm(path, form, "Authorization", app.authorization());
    }

    private static void assertError(HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(text(Browser.json(answer), "error")).isEqualTo(error);
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
