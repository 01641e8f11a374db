package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.auth.token.TestSigningKeys;
import io.latchkey.events.AppId;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.SessionId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whom an access token is about, and every token that is about nobody. */
class UserInfoIT {
    private static final String PATH = "/oauth2/userinfo";
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Browser http = new Browser(api.url());
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        http.close();
        backend.close();
    }

    @Test
    void itSaysWhomTheTokenIsAbout() throws Exception {
        var address = newAddress();
        var tokens = backend.signIn(address);
        var claims = SignedJWT.parse(text(tokens, "id_token")).getJWTClaimsSet();

        var answer = bearer(text(tokens, "access_token"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        var info = Browser.json(answer);
        assertThat(info.propertyNames())
                .containsExactlyInAnyOrder("sub", "email", "email_verified", "persistent_id");
        assertThat(text(info, "sub")).isEqualTo(claims.getSubject());
        assertThat(text(info, "email")).isEqualTo(address);
        assertThat(info.required("email_verified").booleanValue()).isTrue();
        assertThat(text(info, "persistent_id"))
                .isEqualTo(api.subjects().persistentId("default", EmailAddress.parse(address)));
    }

    @Test
    void theTokenMayBePostedAndNeverStandsInTheUrl() {
        var token = text(backend.signIn(newAddress()), "access_token");

        assertThat(http.postForm(PATH, Map.of("access_token", token)).statusCode()).isEqualTo(200);
        assertThat(http.post(PATH, new byte[0], "Authorization", "bearer " + token).statusCode())
                .isEqualTo(200);
        assertRefused(http.get(PATH + "?access_token=" + token));
        assertThat(
                        http.postForm(
                                        PATH,
                                        Map.of("access_token", token),
                                        "Authorization",
                                        "Bearer " + token)
                                .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anEndedSessionIsNobodysAtOnce() {
        var tokens = backend.signIn(newAddress());
        assertThat(bearer(text(tokens, "access_token")).statusCode()).isEqualTo(200);

        TestRows.update(
                "UPDATE auth.session SET ended_at = now(), end_reason = 'revoked' WHERE id = ?",
                SessionId.parse(text(tokens, "session_id")).value());

        assertRefused(bearer(text(tokens, "access_token")));
    }

    @Test
    void aBlockedUserIsNobodyAtOnce() {
        var address = newAddress();
        var tokens = backend.signIn(address);

        TestRows.update("UPDATE auth.\"user\" SET status = 'blocked' WHERE email = ?", address);

        assertRefused(bearer(text(tokens, "access_token")));
        assertThat(backend.refresh(text(tokens, "refresh_token")).body()).contains("invalid_grant");
    }

    @Test
    void whatIsNoAccessTokenOfAUserIsRefused() {
        var tokens = backend.signIn(newAddress());
        var own = Browser.json(backend.token(Map.of("grant_type", "client_credentials")));

        Stream.of(
                        "",
                        "x",
                        "x.y.z",
                        text(tokens, "id_token"),
                        text(tokens, "refresh_token"),
                        text(own, "access_token"))
                .forEach(token -> assertRefused(bearer(token)));
        assertRefused(http.get(PATH));
        assertRefused(http.get(PATH, "Authorization", backend.authorization()));
    }

    /** Promise S14: everything about a token is checked. */
    @Test
    void aTamperedTokenIsRefused() throws Exception {
        var token = text(backend.signIn(newAddress()), "access_token");
        var jwt = SignedJWT.parse(token);
        var claims = jwt.getJWTClaimsSet();
        var key = TestSigningKeys.current(api);
        var own = new ECDSASigner(key);
        var foreign = new ECKeyGenerator(Curve.P_256).keyID(key.getKeyID()).generate();
        var es256 = header(JWSAlgorithm.ES256, "at+jwt", key.getKeyID());
        var hs256 = header(JWSAlgorithm.HS256, "at+jwt", key.getKeyID());
        var publicKey = key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);
        var parts = token.split("\\.", -1);
        // The fixture: what is signed anew, unchanged, is good.
        assertThat(bearer(signed(es256, claims, own)).statusCode()).isEqualTo(200);

        Stream.of(
                        token.substring(0, token.length() - 2),
                        parts[0] + "." + parts[1] + ".",
                        parts[0] + "." + changed(parts[1]) + "." + parts[2],
                        new PlainJWT(claims).serialize(),
                        signed(hs256, claims, new MACSigner(publicKey)),
                        signed(es256, claims, new ECDSASigner(foreign)),
                        signed(
                                new JWSHeader.Builder(es256).jwk(foreign.toPublicJWK()).build(),
                                claims,
                                new ECDSASigner(foreign)),
                        signed(header(JWSAlgorithm.ES256, "JWT", key.getKeyID()), claims, own),
                        signed(header(JWSAlgorithm.ES256, "at+jwt", "unknown"), claims, own),
                        signed(es256, with(claims, "iss", "https://evil.example"), own),
                        signed(es256, with(claims, "aud", APP.toString()), own),
                        signed(es256, with(claims, "exp", ago(61)), own),
                        signed(es256, with(claims, "exp", null), own),
                        signed(es256, with(claims, "sid", SessionId.next().toString()), own),
                        signed(es256, with(claims, "sid", "x"), own),
                        signed(es256, with(claims, "sid", null), own),
                        signed(es256, with(claims, "client_id", SISTER.toString()), own),
                        signed(es256, with(claims, "client_id", AppId.next().toString()), own))
                .forEach(forged -> assertRefused(bearer(forged)));
    }

    private static JWSHeader header(JWSAlgorithm algorithm, String type, String kid) {
        return new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type)).keyID(kid).build();
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
            throws Exception {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static JWTClaimsSet with(JWTClaimsSet claims, String name, @Nullable Object value) {
        return new JWTClaimsSet.Builder(claims).claim(name, value).build();
    }

    private static Date ago(int seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    private static String changed(String payload) {
        var json = new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        json.replace("openid", "openid admin").getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> bearer(String token) {
        return http.get(PATH, "Authorization", "Bearer " + token);
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(text(Browser.json(answer), "error")).isEqualTo("invalid_token");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer");
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
