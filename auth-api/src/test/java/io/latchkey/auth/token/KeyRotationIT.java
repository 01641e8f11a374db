package io.latchkey.auth.token;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Api.problem;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.AdminActed;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** S14: signing keys rotate without signing anybody out. */
class KeyRotationIT {
    private final RunningAuthApi api = RunningAuthApi.get();
    private final SigningKeys keys = api.bean(SigningKeys.class);
    private final RotateKeys rotateKeys = api.bean(RotateKeys.class);
    private final Api administrator = Api.administrator();
    private final Browser browser = new Browser(api.url());

    @AfterEach
    void close() {
        ageAll("1 hour");
        keys.reload().block();
        administrator.close();
        browser.close();
    }

    @Test
    void aNewKeyIsPublishedBeforeItSignsAndTokensOfTheOldOneStayGood() {
        var old = kid(token());
        var before = token();

        var answer = administrator.post("/api/v1/keys/rotate", "");

        var made = body(answer, 201).required("kid").stringValue();
        assertThat(published()).contains(old, made);
        assertThat(kid(token())).isEqualTo(old);
        assertThat(works(before)).isTrue();

        age(made, "3 minutes");
        keys.reload().block();

        assertThat(kid(token())).isEqualTo(made);
        assertThat(published()).contains(old, made);
        assertThat(works(before)).isTrue();
        var event =
                TestEvents.awaitOne(
                        answer.headers().firstValue("X-Request-Id").orElseThrow(),
                        AdminActed.class);
        assertThat(event.action()).isEqualTo("keys.rotate");
        assertThat(event.actor()).isEqualTo("administrator");
    }

    @Test
    void ofManyWhoRotateAtOnceEachIsToldTheTruth() {
        var before = published();

        var answers =
                AtOnce.times(6, () -> administrator.post("/api/v1/keys/rotate", "").statusCode());

        assertThat(answers).contains(201).containsAnyOf(201, 409);
        var made = answers.stream().filter(status -> status == 201).count();
        assertThat(published()).hasSize(before.size() + (int) made);
    }

    @Test
    void aKeyThatIsOldEnoughIsReplacedByScheduleOnce() {
        ageAll("31 days");

        AtOnce.times(4, () -> Optional.ofNullable(rotateKeys.keepUp().block()));

        assertThat(young()).isEqualTo(1);
        rotateKeys.keepUp().block();
        assertThat(young()).isEqualTo(1);
    }

    /** The scheduler calls the method once and subscribes again and again. */
    @Test
    void everyRoundOfTheScheduleMakesAKeyOfItsOwn() {
        var rounds = rotateKeys.keepUp();
        for (int i = 0; i < 2; i++) {
            ageAll("31 days");

            rounds.block();

            assertThat(young()).isEqualTo(1);
        }
    }

    @Test
    void aReplacedKeyIsForgottenWhenNobodyShowsItsTokensAnyMore() {
        var old = kid(token());
        var next =
                body(administrator.post("/api/v1/keys/rotate", ""), 201)
                        .required("kid")
                        .stringValue();
        age(old, "70 days");
        age(next, "34 days");
        rotateKeys.keepUp().block();
        keys.reload().block();
        assertThat(published()).contains(old, next);

        age(next, "36 days");
        rotateKeys.keepUp().block();
        keys.reload().block();

        assertThat(published()).contains(next).doesNotContain(old);
    }

    @Test
    void aKeyOfAnotherNodeIsFoundSoonAfterATokenNamesIt() {
        var elsewhere = SigningKey.next();
        api.bean(SigningKeyStore.class).replaceNewest(elsewhere, Duration.ZERO, null).block();
        assertThat(keys.publicKey(elsewhere.kid())).isEmpty();

        keys.reloadWhereAsked().block();

        assertThat(keys.publicKey(elsewhere.kid())).contains(elsewhere.publicKey());
    }

    @Test
    void aKeyThatWasPutInAnothersPlaceIsNotUsed() {
        var genuine = kid(token());
        var forged = SigningKey.next();
        var row =
                TestRows.select(
                                "SELECT encode(public_key, 'hex') AS hex FROM auth.signing_key"
                                        + " WHERE kid = ?",
                                genuine)
                        .getFirst()
                        .get("hex");
        TestRows.update(
                "UPDATE auth.signing_key SET public_key = ? WHERE kid = ?",
                forged.publicKey().getEncoded(),
                genuine);
        try {
            keys.reload().block();

            assertThat(published()).doesNotContain(genuine);
        } finally {
            TestRows.update(
                    "UPDATE auth.signing_key SET public_key = decode(?, 'hex') WHERE kid = ?",
                    row,
                    genuine);
        }
    }

    @Test
    void keysAreForTheAdministratorAlone() {
        problem(browser.postJson("/api/v1/keys/rotate", ""), 401, "invalid_client");
        try (var app = Api.of(APP)) {
            problem(app.post("/api/v1/keys/rotate", ""), 403, "forbidden");
        }
    }

    private String token() {
        HttpResponse<String> answer =
                browser.postForm(
                        "/oauth2/token",
                        Map.of("grant_type", "client_credentials"),
                        "Authorization",
                        Browser.basic(APP, SECRET));
        return body(answer, 200).required("access_token").stringValue();
    }

    private boolean works(String token) {
        try (var caller = Api.bearer(token)) {
            return caller.get("/api/v1/users?limit=1").statusCode() == 200;
        }
    }

    private List<String> published() {
        return body(browser.get("/oauth2/jwks"), 200)
                .required("keys")
                .valueStream()
                .map(key -> key.required("kid").stringValue())
                .toList();
    }

    private static String kid(String token) {
        var header =
                new String(
                        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))),
                        StandardCharsets.UTF_8);
        return Browser.parse(header).required("kid").stringValue();
    }

    private static void age(String kid, String age) {
        TestRows.update(
                "UPDATE auth.signing_key SET created_at = now() - ?::interval WHERE kid = ?",
                age,
                kid);
    }

    /** Their order stays. */
    private static void ageAll(String by) {
        TestRows.update("UPDATE auth.signing_key SET created_at = created_at - ?::interval", by);
    }

    private static long young() {
        return TestRows.count("FROM auth.signing_key WHERE created_at > now() - interval '1 hour'");
    }
}
