package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static io.latchkey.auth.RunningAuthApi.SIGNED_OUT;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.token.TestSigningKeys;
import io.latchkey.events.AppId;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionRevoked;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sign-out that an app begins: what ends, what stays, and where nobody is sent. */
class SignOutIT {
    private static final String PATH = "/oauth2/logout";
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Backend backend = new Backend(APP);
    private final Backend sister = new Backend(SISTER);
    private final Person person = new Person();

    @AfterEach
    void close() {
        person.close();
        sister.close();
        backend.close();
    }

    @Test
    void theLastAppsSignOutIsThatOfOurPages() {
        var tokens = signIn(newAddress());

        var answer =
                logout(
                        "id_token_hint",
                        text(tokens, "id_token"),
                        "post_logout_redirect_uri",
                        SIGNED_OUT,
                        "state",
                        "a b&c");

        assertThat(location(answer)).isEqualTo(SIGNED_OUT + "?state=a+b%26c");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("latchkey=;"));
        assertThat(isSignedIn()).isFalse();
        assertThat(isAlive(backend, tokens)).isFalse();
        assertThat(
                        TestEvents.awaitOne(text(tokens, "session_id"), SessionRevoked.class)
                                .endReason())
                .isEqualTo(EndReason.SIGNED_OUT);
    }

    @Test
    void anotherAppKeepsOurPagesSignedIn() {
        var address = newAddress();
        var mine = signIn(address);
        var hers = redeem(SISTER, authorize(SISTER));

        var first = logout("id_token_hint", text(mine, "id_token"));
        assertThat(location(first)).isEqualTo("/sign-out");
        assertThat(isAlive(backend, mine)).isFalse();
        assertThat(isAlive(sister, hers)).isTrue();
        assertThat(isSignedIn()).isTrue();
        // Signing out again finds the same.
        var _ = logout("id_token_hint", text(mine, "id_token"));
        assertThat(isSignedIn()).isTrue();

        var second =
                logout(
                        "id_token_hint", text(hers, "id_token"),
                        "post_logout_redirect_uri", "https://sister.example/?from=logout",
                        "state", "s");
        assertThat(location(second)).isEqualTo("https://sister.example/?from=logout&state=s");
        assertThat(isAlive(sister, hers)).isFalse();
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void ofTwoAppsThatSignOutAtOnceTheLaterEndsOurPages() {
        for (int round = 0; round < 10; round++) {
            var mine = signIn(newAddress());
            var hers = redeem(SISTER, authorize(SISTER));

            var _ =
                    AtOnce.all(
                            List.<Callable<HttpResponse<String>>>of(
                                    () -> logout("id_token_hint", text(mine, "id_token")),
                                    () -> logout("id_token_hint", text(hers, "id_token"))));

            assertThat(isSignedIn()).isFalse();
        }
    }

    @Test
    void anExpiredIdTokenStillSaysWhom() throws Exception {
        var tokens = signIn(newAddress());
        var claims = SignedJWT.parse(text(tokens, "id_token")).getJWTClaimsSet();
        var expired =
                signed(
                        tokens,
                        new JWTClaimsSet.Builder(claims)
                                .issueTime(Date.from(Instant.EPOCH.plusSeconds(1)))
                                .expirationTime(Date.from(Instant.EPOCH.plusSeconds(601)))
                                .build());

        var _ = logout("id_token_hint", expired);

        assertThat(isAlive(backend, tokens)).isFalse();
    }

    @Test
    void aPostDoesTheSame() {
        var tokens = signIn(newAddress());

        var answer =
                person.browser()
                        .postForm(
                                PATH,
                                Map.of(
                                        "id_token_hint", text(tokens, "id_token"),
                                        "client_id", APP.toString(),
                                        "post_logout_redirect_uri", SIGNED_OUT));

        assertThat(location(answer)).isEqualTo(SIGNED_OUT);
        assertThat(isAlive(backend, tokens)).isFalse();
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void aPublicAppSignsOut() {
        var _ = person.press(backend.link(newAddress()));
        var code = authorize(PUBLIC);
        var tokens =
                Backend.tokens(
                        person.browser()
                                .postForm(
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

        var answer =
                logout(
                        "id_token_hint", text(tokens, "id_token"),
                        "client_id", PUBLIC.toString(),
                        "post_logout_redirect_uri", SIGNED_OUT);

        assertThat(location(answer)).isEqualTo(SIGNED_OUT);
        assertThat(isSignedIn()).isFalse();
        assertThat(
                        Person.parameter(
                                person.browser()
                                        .get(
                                                AuthorizationUrl.of(PUBLIC)
                                                        .with("prompt", "none")
                                                        .toString()),
                                "error"))
                .isEqualTo("login_required");
    }

    /** Anybody could have sent the browser here: nothing happens before its owner says so. */
    @Test
    void withoutAnIdTokenOfOursThePersonIsAsked() throws Exception {
        var tokens = signIn(newAddress());
        var foreign =
                new ECKeyGenerator(Curve.P_256)
                        .keyID(TestSigningKeys.current(api).getKeyID())
                        .generate();
        var jwt = SignedJWT.parse(text(tokens, "id_token"));
        var forged = new SignedJWT(jwt.getHeader(), jwt.getJWTClaimsSet());
        forged.sign(new ECDSASigner(foreign));
        for (var hint :
                List.of(
                        "",
                        "x",
                        forged.serialize(),
                        text(tokens, "access_token"),
                        text(tokens, "id_token") + "x")) {
            var asked =
                    logout(
                            "id_token_hint",
                            hint,
                            "client_id",
                            APP.toString(),
                            "post_logout_redirect_uri",
                            SIGNED_OUT,
                            "state",
                            "s t");
            assertThat(asked.statusCode()).isEqualTo(200);
            assertThat(asked.body()).doesNotContain("id_token_hint");
            assertThat(asked.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("form-action 'self' https://app.example");
            assertThat(isAlive(backend, tokens)).isTrue();
            assertThat(isSignedIn()).isTrue();
        }

        var page =
                logout(
                        "client_id",
                        APP.toString(),
                        "post_logout_redirect_uri",
                        SIGNED_OUT,
                        "state",
                        "s t");
        var done = press(page, Browser.field(page));

        assertThat(location(done)).isEqualTo(SIGNED_OUT + "?state=s+t");
        assertThat(isSignedIn()).isFalse();
        assertThat(isAlive(backend, tokens)).isFalse();
    }

    @Test
    void thePagesButtonIsTiedToItsBrowserAndSite() {
        var tokens = signIn(newAddress());
        var page = logout();
        var field = Browser.field(page);

        assertThat(press(page, "").statusCode()).isEqualTo(403);
        assertThat(press(page, field, "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
        assertThat(press(page, field, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
        try (var other = new Browser(api.url())) {
            assertThat(other.postForm(action(page), Map.of("_csrf", field)).statusCode())
                    .isEqualTo(403);
        }
        assertThat(isAlive(backend, tokens)).isTrue();

        assertThat(location(press(page, field))).isEqualTo("/sign-out");
        assertThat(isSignedIn()).isFalse();
    }

    @Test
    void aPostWithoutAnIdTokenAsksByWayOfAGet() {
        var tokens = signIn(newAddress());

        var answer =
                person.browser()
                        .postForm(
                                PATH,
                                Map.of("client_id", APP.toString(), "id_token_hint", "x.y.z"));

        assertThat(location(answer)).isEqualTo(PATH + "?client_id=" + APP);
        assertThat(isAlive(backend, tokens)).isTrue();
    }

    @Test
    void whoIsNotSignedInIsNotAsked() {
        assertThat(
                        location(
                                logout(
                                        "client_id",
                                        APP.toString(),
                                        "post_logout_redirect_uri",
                                        SIGNED_OUT)))
                .isEqualTo("/sign-out");
    }

    /** Promise S10. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "https://app.example/signed-out/",
                "https://app.example/signed-out?x=y",
                "https://app.example/callback",
                "https://sister.example/?from=logout",
                "//evil.example",
                "javascript:alert(1)"
            })
    void nobodyIsSentToWhereTheAppHasNotSaid(String uri) {
        var tokens = signIn(newAddress());
        for (var more :
                List.of(
                        List.of("id_token_hint", text(tokens, "id_token")),
                        List.of("client_id", APP.toString()),
                        List.of("client_id", AppId.next().toString()),
                        List.of("state", "x"))) {
            var answer = logout(more.get(0), more.get(1), "post_logout_redirect_uri", uri);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
        }
        assertThat(isAlive(backend, tokens)).isTrue();
        assertThat(isSignedIn()).isTrue();
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        var tokens = signIn(newAddress());
        var hint = text(tokens, "id_token");

        assertThat(logout("id_token_hint", hint, "client_id", SISTER.toString()).statusCode())
                .isEqualTo(400);
        assertThat(logout("id_token_hint", hint, "state", "\0").statusCode()).isEqualTo(400);
        assertThat(logout("id_token_hint", hint, "state", "\r\nX: y").statusCode()).isEqualTo(400);
        assertThat(
                        person.browser()
                                .get(PATH + "?id_token_hint=" + hint + "&id_token_hint=" + hint)
                                .statusCode())
                .isEqualTo(400);
        assertThat(isAlive(backend, tokens)).isTrue();
    }

    private JsonNode signIn(String address) {
        return Backend.tokens(backend.redeem(person.confirm(backend.link(address))));
    }

    private String authorize(AppId app) {
        return Person.code(person.browser().get(AuthorizationUrl.of(app).toString()));
    }

    private static JsonNode redeem(AppId app, String code) {
        try (var owner = new Backend(app)) {
            return Backend.tokens(owner.redeem(code, "code_verifier", AuthorizationUrl.VERIFIER));
        }
    }

    private HttpResponse<String> logout(String... parameters) {
        var query = new StringBuilder();
        for (int i = 0; i < parameters.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(parameters[i])
                    .append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return person.browser().get(PATH + query, "Accept", "text/html");
    }

    private HttpResponse<String> press(HttpResponse<String> page, String field, String... headers) {
        return person.browser().postForm(action(page), Map.of("_csrf", field), headers);
    }

    private static String action(HttpResponse<String> page) {
        var match = Pattern.compile("action=\"([^\"]+)\"").matcher(page.body());
        assertThat(match.find()).isTrue();
        return match.group(1).replace("&amp;", "&");
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private boolean isSignedIn() {
        var answer =
                person.browser().get(AuthorizationUrl.of(SISTER).with("prompt", "none").toString());
        return location(answer).contains("?code=");
    }

    private static boolean isAlive(Backend app, JsonNode tokens) {
        var answer =
                app.http()
                        .get(
                                "/oauth2/userinfo",
                                "Authorization",
                                "Bearer " + text(tokens, "access_token"));
        return answer.statusCode() == 200;
    }

    private String signed(JsonNode tokens, JWTClaimsSet claims) throws Exception {
        var jwt = new SignedJWT(SignedJWT.parse(text(tokens, "id_token")).getHeader(), claims);
        jwt.sign(new ECDSASigner(TestSigningKeys.current(api)));
        return jwt.serialize();
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
