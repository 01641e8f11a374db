package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.LOOPBACK;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static io.latchkey.auth.RunningAuthApi.REDIRECT;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.EndReason;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.RevokedBy;
import io.latchkey.events.SessionRevoked;
import io.latchkey.events.secret.AuthorizationCode;
import io.latchkey.events.secret.KeyRing;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promise S1, its second half: one code, one session. */
class AuthorizationCodeIT {
    /** The pair of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();

    @AfterEach
    void close() {
        person.close();
        backend.close();
    }

    @Test
    void aCodeRedeemedByFiftyBeginsOneSessionThatEndsAtOnce() {
        var code = person.confirm(backend.link(newAddress()));

        var answers = AtOnce.times(50, () -> backend.redeem(code));

        assertThat(answers).filteredOn(a -> a.statusCode() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(a -> a.statusCode() != 200)
                .allSatisfy(AuthorizationCodeIT::assertInvalidGrant);
        var tokens =
                Browser.json(
                        answers.stream()
                                .filter(a -> a.statusCode() == 200)
                                .findAny()
                                .orElseThrow());
        var session = tokens.required("session_id").stringValue();
        assertThat(TestEvents.awaitOne(session, SessionRevoked.class).endReason())
                .isEqualTo(EndReason.CODE_REUSE);
        TestEvents.awaitExactly(session, "SessionIssued", "SessionRevoked");
        assertInvalidGrant(backend.refresh(tokens.required("refresh_token").stringValue()));
    }

    @Test
    void anotherAppsCodeIsRefusedAndEndsNothing() {
        var code = person.confirm(backend.link(newAddress()));
        try (var sister = new Backend(SISTER)) {
            assertInvalidGrant(sister.redeem(code));
            var tokens = Backend.tokens(backend.redeem(code));
            assertInvalidGrant(sister.redeem(code));

            assertThat(backend.refresh(tokens.required("refresh_token").stringValue()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsWrongWithARedemptionDoesNotUseTheCodeUp() {
        var code = person.confirm(backend.link(withChallenge()));

        assertInvalidGrant(
                backend.redeem(code, "code_verifier", VERIFIER, "redirect_uri", REDIRECT + "/"));
        assertInvalidGrant(backend.redeem(code, "code_verifier", VERIFIER + "x"));
        assertInvalidGrant(backend.redeem(code, "code_verifier", CHALLENGE));
        assertInvalidGrant(backend.redeem(code, "code_verifier", "short"));
        assertInvalidGrant(backend.redeem(code));

        assertThat(backend.redeem(code, "code_verifier", VERIFIER).statusCode()).isEqualTo(200);
    }

    @Test
    void aVerifierWithoutAChallengeIsRefused() {
        var code = person.confirm(backend.link(newAddress()));

        assertInvalidGrant(backend.redeem(code, "code_verifier", VERIFIER));

        assertThat(backend.redeem(code).statusCode()).isEqualTo(200);
    }

    @Test
    void fiveWrongVerifiersKillTheCode() {
        var link = backend.link(withChallenge());
        var code = person.confirm(link);

        AtOnce.times(5, () -> backend.redeem(code, "code_verifier", "x".repeat(43)));

        assertInvalidGrant(backend.redeem(code, "code_verifier", VERIFIER));
        assertThat(backend.status(link)).isEqualTo("revoked");
        assertThat(TestEvents.awaitOne(link, LinkRevoked.class).by()).isEqualTo(RevokedBy.CODES);
    }

    @Test
    void aWrongVerifierAfterwardsEndsNoSession() {
        var code = person.confirm(backend.link(withChallenge()));
        var tokens = Backend.tokens(backend.redeem(code, "code_verifier", VERIFIER));

        for (int i = 0; i < 6; i++) {
            assertInvalidGrant(backend.redeem(code, "code_verifier", "x".repeat(43)));
        }

        assertThat(backend.refresh(tokens.required("refresh_token").stringValue()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void aSecondUseEndsTheSession() {
        var code = person.confirm(backend.link(withChallenge()));
        var tokens = Backend.tokens(backend.redeem(code, "code_verifier", VERIFIER));

        assertInvalidGrant(backend.redeem(code, "code_verifier", VERIFIER));

        assertInvalidGrant(backend.refresh(tokens.required("refresh_token").stringValue()));
    }

    @Test
    void aCodeLivesSixtySeconds() {
        var link = backend.link(newAddress());
        var code = person.confirm(link);
        TestRows.update(
                "UPDATE auth.link SET confirmed_at = now() - interval '61 seconds' WHERE id = ?",
                link.value());

        assertInvalidGrant(backend.redeem(code));
        assertThat(backend.status(link)).isEqualTo("confirmed");
    }

    @Test
    void aForgedCodeIsRefused() {
        var link = backend.link(newAddress());
        var code = person.confirm(link);
        var foreign = KeyRing.parse(KeyRing.generate("k001"));

        for (var forged :
                List.of(
                        AuthorizationCode.of(link, "k001", foreign),
                        RunningAuthApi.get().linkToken(link),
                        code + "A",
                        code.substring(1),
                        "x")) {
            assertInvalidGrant(backend.redeem(forged));
        }
        assertThat(backend.redeem(code).statusCode()).isEqualTo(200);
    }

    @Test
    void theCodeOfALinkThatNobodyPressedIsWorthNothing() {
        var link = backend.link(newAddress());
        var ring = RunningAuthApi.get().ring();

        assertInvalidGrant(backend.redeem(AuthorizationCode.of(link, "k001", ring)));
        assertInvalidGrant(backend.redeem(AuthorizationCode.of(LinkId.next(), "k001", ring)));
        assertThat(backend.status(link)).isEqualTo("accepted");
    }

    @Test
    void aBlockedUsersCodeIsRefused() {
        var address = newAddress();
        var code = person.confirm(backend.link(address));
        TestRows.update("UPDATE auth.\"user\" SET status = 'blocked' WHERE email = ?", address);

        assertInvalidGrant(backend.redeem(code));
    }

    @Test
    void aPublicAppProvesItselfByTheVerifierAlone() {
        var withChallenge = backend.link(withChallenge());
        // Links of a public app come from the hosted pages; here one is handed over to it.
        TestRows.update(
                "UPDATE auth.link SET app_id = ?, redirect_uri = ? WHERE id = ?",
                PUBLIC.value(),
                LOOPBACK,
                withChallenge.value());
        var code = person.confirm(withChallenge);
        try (var http = new Browser(RunningAuthApi.get().url())) {
            var form =
                    Map.of(
                            "grant_type",
                            "authorization_code",
                            "client_id",
                            PUBLIC.toString(),
                            "code",
                            code,
                            "redirect_uri",
                            LOOPBACK);
            assertInvalidGrant(http.postForm("/oauth2/token", form));
            var withVerifier = new java.util.HashMap<>(form);
            withVerifier.put("code_verifier", VERIFIER);

            assertThat(http.postForm("/oauth2/token", withVerifier).statusCode()).isEqualTo(200);
        }
    }

    static void assertInvalidGrant(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(Browser.json(answer).required("error").stringValue()).isEqualTo("invalid_grant");
    }

    private static Map<String, Object> withChallenge() {
        var request = requestFor(newAddress());
        request.put("code_challenge", CHALLENGE);
        request.put("code_challenge_method", "S256");
        return request;
    }
}
