package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.CLOSED;
import static io.latchkey.auth.RunningAuthApi.LOOPBACK;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.app.BuiltInApps;
import io.latchkey.events.AppId;
import io.latchkey.events.SessionId;
import io.latchkey.events.SessionIssued;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The authorization endpoint: whom it answers, whom it sends on, and whom it sends nowhere. */
class AuthorizeIT {
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();

    @AfterEach
    void close() {
        person.close();
        backend.close();
    }

    @Test
    void aStrangerIsSentToSignInWithTheSameParameters() {
        var url = AuthorizationUrl.of(PUBLIC).with("ui_locales", "de fr").more("unknown=%2Bx");

        var answer = get(url);

        assertThat(location(answer)).isEqualTo(api.url() + "/sign-in?" + url.query());
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
    }

    @Test
    void whoeverIsSignedInGetsACodeForEveryAppOfTheTenant() throws ParseException {
        var address = newAddress();
        signIn(address);
        moveBack(address, "1 hour");

        var answer = get(AuthorizationUrl.of(SISTER));

        assertThat(location(answer)).startsWith(REDIRECT + "?code=");
        assertThat(Person.parameter(answer, "state")).isEqualTo("s t&te");
        assertThat(Person.parameter(answer, "iss")).isEqualTo(api.url());
        var tokens = redeem(SISTER, Person.code(answer));
        var claims = SignedJWT.parse(text(tokens, "id_token")).getJWTClaimsSet();
        assertThat(claims.getStringClaim("email")).isEqualTo(address);
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n-1");
        // When the person was asked, not when the app was told.
        assertThat(
                        claims.getIssueTime().toInstant().getEpochSecond()
                                - claims.getLongClaim("auth_time"))
                .isBetween(3595L, 3700L);
        var session = text(tokens, "session_id");
        TestEvents.awaitExactly(session, "SessionIssued");
        var link = TestEvents.awaitOne(session, SessionIssued.class).context().linkId();
        assertThat(link).isNotNull();
        // Nobody asked for a mail, and the books of mails know nothing of it.
        TestEvents.awaitExactly(link, "SessionIssued");
        assertThat(TestRows.link(link)).containsEntry("mail_status", "suppressed");
        assertThat(TestRows.select("SELECT * FROM auth.session WHERE id = ?", uuid(session)))
                .singleElement()
                .satisfies(row -> assertThat(row.get("hosted_session_id")).isNotNull());
    }

    @Test
    void aPublicAppSignsInRefreshesAndIsTheSamePerson() throws ParseException {
        var address = newAddress();
        signIn(address);

        var code = Person.code(get(AuthorizationUrl.of(PUBLIC).with("redirect_uri", LOOPBACK)));
        var tokens =
                json(
                        token(
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "client_id",
                                        PUBLIC.toString(),
                                        "code",
                                        code,
                                        "redirect_uri",
                                        LOOPBACK,
                                        "code_verifier",
                                        AuthorizationUrl.VERIFIER)));
        var refreshed =
                json(
                        token(
                                Map.of(
                                        "grant_type", "refresh_token",
                                        "client_id", PUBLIC.toString(),
                                        "refresh_token", text(tokens, "refresh_token"))));

        assertThat(text(refreshed, "session_id")).isEqualTo(text(tokens, "session_id"));
        assertThat(SignedJWT.parse(text(refreshed, "id_token")).getJWTClaimsSet().getSubject())
                .isEqualTo(subject(address));
    }

    @Test
    void theCodeIsBoundAndGoodOnceLikeAnyOther() {
        signIn(newAddress());
        var code = Person.code(get(AuthorizationUrl.of(SISTER)));
        try (var sister = new Backend(SISTER)) {
            assertThat(backend.redeem(code, "code_verifier", AuthorizationUrl.VERIFIER).body())
                    .contains("invalid_grant");
            assertThat(sister.redeem(code).body()).contains("invalid_grant");
            assertThat(sister.redeem(code, "code_verifier", "x".repeat(43)).body())
                    .contains("invalid_grant");

            var answers =
                    AtOnce.times(
                            8,
                            () -> sister.redeem(code, "code_verifier", AuthorizationUrl.VERIFIER));

            assertThat(answers).filteredOn(a -> a.statusCode() == 200).hasSize(1);
        }
    }

    @Test
    void theRedirectUriIsRepeatedOrAVerifierStandsForIt() {
        signIn(newAddress());
        try (var sister = new Backend(SISTER)) {
            var plain = AuthorizationUrl.of(SISTER).without("code_challenge");
            var bare = Person.code(get(plain.without("code_challenge_method")));
            var withChallenge = Person.code(get(AuthorizationUrl.of(SISTER)));

            assertThat(sister.redeem(bare, "redirect_uri", null).body()).contains("invalid_grant");
            assertThat(sister.redeem(bare).statusCode()).isEqualTo(200);
            assertThat(sister.redeem(bare, "redirect_uri", null).body()).contains("invalid_grant");
            var tokens =
                    Backend.tokens(
                            sister.redeem(
                                    withChallenge,
                                    "redirect_uri",
                                    null,
                                    "code_verifier",
                                    AuthorizationUrl.VERIFIER));
            assertThat(text(tokens, "session_id")).startsWith("sess_");
        }
    }

    @Test
    void everyRequestGetsACodeOfItsOwn() {
        signIn(newAddress());

        var codes = AtOnce.times(8, () -> Person.code(get(AuthorizationUrl.of(SISTER))));

        assertThat(codes).doesNotHaveDuplicates();
    }

    @Test
    void aCodeDiesWithTheSessionThatGaveIt() {
        var address = newAddress();
        signIn(address);
        var code = Person.code(get(AuthorizationUrl.of(SISTER)));

        endHosted(address);

        try (var sister = new Backend(SISTER)) {
            assertThat(sister.redeem(code, "code_verifier", AuthorizationUrl.VERIFIER).body())
                    .contains("invalid_grant");
        }
    }

    @Test
    void promptNoneNeverAsks() {
        var silent = AuthorizationUrl.of(PUBLIC).with("prompt", "none");
        assertError(get(silent), "login_required");
        var address = newAddress();
        signIn(address);

        assertThat(Person.code(get(silent))).isNotBlank();
        assertError(get(AuthorizationUrl.of(STRANGER).with("prompt", "none")), "login_required");
        endHosted(address);
        assertError(get(silent), "login_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "consent", "select_account", "login consent"})
    void promptAsksWhoeverIsSignedIn(String prompt) {
        signIn(newAddress());

        assertAsked(get(AuthorizationUrl.of(SISTER).with("prompt", prompt)));
    }

    @Test
    void whoeverWasAskedTooLongAgoIsAskedAgain() {
        var address = newAddress();
        signIn(address);
        assertThat(Person.code(get(AuthorizationUrl.of(SISTER).with("max_age", 60)))).isNotBlank();
        moveBack(address, "61 seconds");

        assertAsked(get(AuthorizationUrl.of(SISTER).with("max_age", 60)));
        assertAsked(get(AuthorizationUrl.of(SISTER).with("max_age", 0)));
        assertError(
                get(AuthorizationUrl.of(SISTER).with("max_age", 60).with("prompt", "none")),
                "login_required");
        assertThat(Person.code(get(AuthorizationUrl.of(SISTER).with("max_age", 999_999_999))))
                .isNotBlank();
    }

    @Test
    void anotherTenantsAppAsks() {
        signIn(newAddress());

        assertAsked(get(AuthorizationUrl.of(STRANGER)));
        assertAsked(get(AuthorizationUrl.of(CLOSED)));
    }

    @Test
    void aBlockedUserIsNobody() {
        var address = newAddress();
        signIn(address);
        TestRows.update("UPDATE auth.\"user\" SET status = 'blocked' WHERE email = ?", address);

        assertAsked(get(AuthorizationUrl.of(SISTER)));
        assertError(get(AuthorizationUrl.of(SISTER).with("prompt", "none")), "login_required");
    }

    @Test
    void whomTheAppMeansIsTheOneOrIsAsked() {
        var address = newAddress();
        var other = backend.signIn(newAddress());
        signIn(address);
        var mine = redeem(SISTER, Person.code(get(AuthorizationUrl.of(SISTER))));
        var sister = AuthorizationUrl.of(SISTER);

        assertThat(Person.code(get(sister.with("login_hint", address.toUpperCase(Locale.ROOT)))))
                .isNotBlank();
        assertAsked(get(sister.with("login_hint", "ada")));
        assertAsked(get(sister.with("login_hint", newAddress())));
        sister.without("login_hint");
        assertThat(Person.code(get(sister.with("id_token_hint", text(mine, "id_token")))))
                .isNotBlank();
        assertAsked(get(sister.with("id_token_hint", text(other, "id_token"))));
        assertAsked(get(sister.with("id_token_hint", text(mine, "access_token"))));
        assertAsked(get(sister.with("id_token_hint", "x.y.z")));
        assertError(get(sister.with("prompt", "none")), "login_required");
    }

    @Test
    void aBrowsersSessionGivesNoMoreCodesThanPeopleNeed() {
        var address = newAddress();
        signIn(address);
        var sister = AuthorizationUrl.of(SISTER);
        for (int i = 0; i < 60; i++) {
            assertThat(Person.code(get(sister))).isNotBlank();
        }

        assertError(get(sister), "temporarily_unavailable");
        assertError(get(sister.with("prompt", "none")), "temporarily_unavailable");

        assertThat(
                        TestRows.count(
                                "FROM auth.link WHERE email = ? AND hosted_session_id IS NOT NULL"
                                        + " AND auth_time IS NOT NULL",
                                address))
                .isEqualTo(60);
    }

    @Test
    void aPostIsTheSameAsAGet() {
        var url = AuthorizationUrl.of(SISTER);

        var posted = person.browser().postForm("/oauth2/authorize", url.form());

        assertThat(posted.statusCode()).isEqualTo(303);
        assertThat(location(posted)).startsWith(api.url() + "/oauth2/authorize?");
        var path = location(posted).substring(api.url().length());
        assertAsked(person.browser().get(path));
        signIn(newAddress());
        assertThat(Person.parameter(person.browser().get(path), "state")).isEqualTo("s t&te");
        var tooMuch = AuthorizationUrl.of(SISTER).with("state", "%".repeat(4000));
        assertThat(person.browser().postForm("/oauth2/authorize", tooMuch.form()).statusCode())
                .isEqualTo(400);
    }

    /** Promise S10: nobody is sent to where no app has said that it lives. */
    @Test
    void nothingUntrustedIsRedirectedAnywhere() {
        signIn(newAddress());
        var builtIn = api.bean(BuiltInApps.class).of("default").blockOptional().orElseThrow();
        var requests =
                Stream.of(
                        AuthorizationUrl.of(SISTER).without("client_id"),
                        AuthorizationUrl.of(SISTER).without("redirect_uri"),
                        AuthorizationUrl.of(SISTER).with("client_id", "app_nonsense"),
                        AuthorizationUrl.of(AppId.next()),
                        AuthorizationUrl.of(builtIn.id())
                                .with("redirect_uri", builtIn.redirectUris().getFirst()),
                        AuthorizationUrl.of(SISTER).more("client_id=" + SISTER),
                        AuthorizationUrl.of(SISTER).more("redirect_uri=https%3A%2F%2Fevil.example"),
                        AuthorizationUrl.of(SISTER).with("redirect_uri", "https://evil.example/"),
                        AuthorizationUrl.of(SISTER).with("redirect_uri", REDIRECT + "/"),
                        AuthorizationUrl.of(SISTER).with("redirect_uri", REDIRECT + "?x=y"),
                        AuthorizationUrl.of(SISTER).with("redirect_uri", REDIRECT + "#x"),
                        AuthorizationUrl.of(SISTER).with("redirect_uri", REDIRECT + "\r\nX: y"),
                        AuthorizationUrl.of(SISTER).with("redirect_uri", REDIRECT + "\0"),
                        AuthorizationUrl.of(SISTER)
                                .with("redirect_uri", "HTTPS://app.example/callback"),
                        AuthorizationUrl.of(SISTER)
                                .with("redirect_uri", "http://127.0.0.1:3001/callback"),
                        AuthorizationUrl.of(SISTER)
                                .with("redirect_uri", "https://app.example@evil.example/callback"),
                        AuthorizationUrl.of(SISTER).with("redirect_uri", "javascript:alert(1)"));
        assertThat(requests)
                .allSatisfy(
                        url -> {
                            var answer =
                                    person.browser().get(url.toString(), "Accept", "text/html");
                            assertThat(answer.statusCode()).as(url.toString()).isEqualTo(400);
                            assertThat(answer.headers().firstValue("Location")).isEmpty();
                            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                                    .startsWith("text/html");
                            assertThat(answer.body()).doesNotContain("evil", "alert(1)");
                        });
    }

    @Test
    void aPublicAppsLoopbackPortIsFree() {
        signIn(newAddress());
        var elsewhere = "http://127.0.0.1:45678/callback";

        var answer = get(AuthorizationUrl.of(PUBLIC).with("redirect_uri", elsewhere));

        assertThat(location(answer)).startsWith(elsewhere + "?code=");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "response_type, -, invalid_request",
                "response_type, token, unsupported_response_type",
                "response_type, code id_token, unsupported_response_type",
                "response_mode, fragment, invalid_request",
                "response_mode, form_post, invalid_request",
                "scope, openid \"email\", invalid_scope",
                "nonce, é, invalid_request",
                "max_age, -1, invalid_request",
                "max_age, 1.5, invalid_request",
                "max_age, 9999999999, invalid_request",
                "prompt, create, invalid_request",
                "prompt, none login, invalid_request",
                "code_challenge, -, invalid_request",
                "code_challenge, short, invalid_request",
                "code_challenge_method, -, invalid_request",
                "code_challenge_method, plain, invalid_request",
                "request, x.y.z, request_not_supported",
                "request_uri, https://app.example/r, request_uri_not_supported",
                "registration, {}, registration_not_supported",
                "id_token_hint, not a token, invalid_request"
            })
    void whatIsWrongIsToldToTheApp(String name, String value, String error) {
        signIn(newAddress());
        var url = AuthorizationUrl.of(SISTER);

        var answer = get(value == null ? url.without(name) : url.with(name, value));

        assertError(answer, error);
        assertThat(location(answer)).doesNotContain("code=");
    }

    @Test
    void aPublicAppMustGiveAChallenge() {
        var url =
                AuthorizationUrl.of(PUBLIC)
                        .without("code_challenge")
                        .without("code_challenge_method");

        assertError(get(url), "invalid_request");
        assertAsked(
                get(
                        AuthorizationUrl.of(SISTER)
                                .without("code_challenge")
                                .without("code_challenge_method")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state=x",
                "nonce=x",
                "scope=openid",
                "response_type=code",
                "prompt=none",
                "code_challenge=x",
                "max_age=1",
                "login_hint=x"
            })
    void aRepeatedParameterIsRefused(String more) {
        var answer =
                get(
                        AuthorizationUrl.of(SISTER)
                                .with("prompt", "login")
                                .with("max_age", 1)
                                .with("login_hint", "x")
                                .more(more));

        assertThat(location(answer)).contains("error=invalid_request");
        // Which of two states is meant, nobody knows.
        assertThat(location(answer).contains("state=")).isEqualTo(!more.startsWith("state"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%0d%0aX:%20y", "%7f", "%c3%a9"})
    void aStateThatIsNoWordIsRefusedAndNotRepeated(String state) {
        var answer = get(AuthorizationUrl.of(SISTER).without("state").more("state=" + state));

        assertThat(location(answer))
                .startsWith(REDIRECT + "?error=invalid_request&")
                .doesNotContain("state=");
    }

    @Test
    void aLongStateIsRefusedByUsAndNotByTheServer() {
        assertAsked(get(AuthorizationUrl.of(SISTER).with("state", "x".repeat(2048))));
        assertThat(location(get(AuthorizationUrl.of(SISTER).with("state", "x".repeat(2049)))))
                .contains("error=invalid_request");
    }

    @Test
    void emptyParametersAreLeftOutOnes() {
        assertAsked(
                get(
                        AuthorizationUrl.of(SISTER)
                                .with("prompt", "")
                                .with("max_age", "")
                                .with("request", "")
                                .with("response_mode", "query")
                                .with("scope", "openid profile offline_access")));
    }

    private HttpResponse<String> get(AuthorizationUrl url) {
        return person.browser().get(url.toString());
    }

    private void signIn(String address) {
        assertThat(person.press(backend.link(address)).statusCode()).isEqualTo(303);
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private void assertAsked(HttpResponse<String> answer) {
        assertThat(location(answer)).startsWith(api.url() + "/sign-in?client_id=");
    }

    private void assertError(HttpResponse<String> answer, String error) {
        assertThat(location(answer)).startsWith(REDIRECT + "?error=" + error + "&");
        assertThat(Person.parameter(answer, "error_description")).isNotBlank();
        assertThat(Person.parameter(answer, "state")).isEqualTo("s t&te");
        assertThat(Person.parameter(answer, "iss")).isEqualTo(api.url());
    }

    private static JsonNode redeem(AppId app, String code) {
        try (var owner = new Backend(app)) {
            return Backend.tokens(owner.redeem(code, "code_verifier", AuthorizationUrl.VERIFIER));
        }
    }

    private HttpResponse<String> token(Map<String, String> form) {
        return person.browser().postForm("/oauth2/token", form);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Backend.tokens(answer);
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }

    private static UUID uuid(String session) {
        return SessionId.parse(session).value();
    }

    private static String subject(String address) {
        return String.valueOf(
                TestRows.select(
                                "SELECT auth.typeid('user', id) AS id FROM auth.\"user\""
                                        + " WHERE email = ? AND tenant = 'default'",
                                address)
                        .getFirst()
                        .get("id"));
    }

    private static void moveBack(String address, String interval) {
        TestRows.update(
                "UPDATE auth.session SET auth_time = auth_time - interval '"
                        + interval
                        + "' WHERE user_id IN (SELECT id FROM auth.\"user\" WHERE email = ?)",
                address);
    }

    private static void endHosted(String address) {
        TestRows.update(
                "UPDATE auth.session SET ended_at = now(), end_reason = 'signed_out'"
                        + " WHERE user_id IN (SELECT id FROM auth.\"user\" WHERE email = ?)"
                        + " AND app_id IN (SELECT id FROM auth.app WHERE built_in)",
                address);
    }
}
