package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.oauth.AuthorizationCodeIT.assertInvalidGrant;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.EndReason;
import io.latchkey.events.RefreshReuseDetected;
import io.latchkey.events.SessionId;
import io.latchkey.events.SessionRevoked;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Promise S15: rotation, and what becomes of those who come late. */
class RefreshIT {
    private final Backend backend = new Backend(APP);
    private final JsonNode first = backend.signIn(newAddress());
    private final SessionId session = SessionId.parse(first.required("session_id").stringValue());

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aHundredAtOnceTakeOneStepTogether() throws Exception {
        var answers = AtOnce.times(100, () -> Backend.tokens(backend.refresh(refreshToken(first))));

        assertThat(answers)
                .extracting(RefreshIT::refreshToken)
                .containsOnly(RefreshToken.of(session, 2, "k001", RunningAuthApi.get().ring()));
        var ids = new HashSet<String>();
        for (var answer : answers) {
            ids.add(claim(answer, "jti") + " " + claim(answer, "sid"));
        }
        assertThat(ids).hasSize(1);
        TestEvents.awaitExactly(session, "SessionIssued", "SessionRefreshed");
    }

    @Test
    void thePreviousTokenRepeatsTheAnswerForTenSeconds() throws Exception {
        var second = Backend.tokens(backend.refresh(refreshToken(first)));

        var repeated = Backend.tokens(backend.refresh(refreshToken(first)));

        assertThat(refreshToken(repeated)).isEqualTo(refreshToken(second));
        assertThat(claim(repeated, "jti")).isEqualTo(claim(second, "jti"));
        assertThat(claim(second, "jti")).isNotEqualTo(claim(first, "jti"));
    }

    @Test
    void usedAfterTenSecondsItEndsTheSession() {
        var second = Backend.tokens(backend.refresh(refreshToken(first)));
        letPass(11);

        assertInvalidGrant(backend.refresh(refreshToken(first)));

        assertInvalidGrant(backend.refresh(refreshToken(second)));
        assertThat(TestEvents.awaitOne(session, RefreshReuseDetected.class).generation())
                .isEqualTo(1);
        assertThat(TestEvents.awaitOne(session, SessionRevoked.class).endReason())
                .isEqualTo(EndReason.REFRESH_REUSE);
        assertInvalidGrant(backend.refresh(refreshToken(first)));
        TestEvents.awaitExactly(
                session,
                "SessionIssued",
                "SessionRefreshed",
                "RefreshReuseDetected",
                "SessionRevoked");
    }

    @Test
    void anOlderTokenWithinItsOwnTenSecondsIsRefusedAndEndsNothing() {
        var second = Backend.tokens(backend.refresh(refreshToken(first)));
        var third = Backend.tokens(backend.refresh(refreshToken(second)));

        assertInvalidGrant(backend.refresh(refreshToken(first)));

        assertThat(backend.refresh(refreshToken(third)).statusCode()).isEqualTo(200);
    }

    @Test
    void anOlderTokenAfterItsOwnTenSecondsEndsTheSession() {
        var second = Backend.tokens(backend.refresh(refreshToken(first)));
        letPass(11);
        var third = Backend.tokens(backend.refresh(refreshToken(second)));

        assertInvalidGrant(backend.refresh(refreshToken(first)));

        assertInvalidGrant(backend.refresh(refreshToken(third)));
    }

    @Test
    void theTenSecondsCountFromThePredecessorsOwnUse() {
        var second = Backend.tokens(backend.refresh(refreshToken(first)));
        letPass(8);
        var third = Backend.tokens(backend.refresh(refreshToken(second)));
        letPass(8);

        // Used 16 seconds ago: its time is over, though its successor's is not.
        assertThat(refreshToken(Backend.tokens(backend.refresh(refreshToken(second)))))
                .isEqualTo(refreshToken(third));
        assertInvalidGrant(backend.refresh(refreshToken(first)));
        assertInvalidGrant(backend.refresh(refreshToken(third)));
    }

    @Test
    void aForgedTokenEndsNobodysSession() {
        var foreign = KeyRing.parse(KeyRing.generate("k001"));
        var token = refreshToken(first);
        var _ = Backend.tokens(backend.refresh(token));
        letPass(60);

        for (var forged :
                List.of(
                        RefreshToken.of(session, 1, "k001", foreign),
                        RefreshToken.of(session, 2, "k001", foreign),
                        token + "A",
                        token.substring(4),
                        "x")) {
            assertInvalidGrant(backend.refresh(forged));
        }

        TestEvents.awaitExactly(session, "SessionIssued", "SessionRefreshed");
        assertThat(
                        backend.refresh(
                                        RefreshToken.of(
                                                session, 2, "k001", RunningAuthApi.get().ring()))
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfAGenerationToComeIsRefusedAndEndsNothing() {
        var ring = RunningAuthApi.get().ring();

        for (var generation : List.of(2, 1000, Integer.MAX_VALUE)) {
            assertInvalidGrant(backend.refresh(RefreshToken.of(session, generation, "k001", ring)));
        }
        assertThat(backend.refresh(refreshToken(first)).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherAppsTokenIsRefusedAndEndsNothing() {
        try (var sister = new Backend(SISTER)) {
            assertInvalidGrant(sister.refresh(refreshToken(first)));
            var second = Backend.tokens(backend.refresh(refreshToken(first)));
            letPass(60);
            assertInvalidGrant(sister.refresh(refreshToken(first)));

            assertThat(backend.refresh(refreshToken(second)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aSessionAtItsEndIsNotRefreshed() {
        TestRows.update("UPDATE auth.session SET expires_at = now() WHERE id = ?", session.value());

        assertInvalidGrant(backend.refresh(refreshToken(first)));
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.required("refresh_token").stringValue();
    }

    private static String claim(JsonNode tokens, String name) throws ParseException {
        return SignedJWT.parse(tokens.required("access_token").stringValue())
                .getJWTClaimsSet()
                .getStringClaim(name);
    }

    /** Moves all uses of the session's refresh tokens into the past. */
    private void letPass(int seconds) {
        TestRows.update(
                "UPDATE auth.session SET rotated_at ="
                        + " ARRAY(SELECT used - make_interval(secs => ?)"
                        + " FROM unnest(rotated_at) AS used ORDER BY used DESC)"
                        + " WHERE id = ?",
                seconds,
                session.value());
    }
}
