package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.Browser.basic;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.PUBLIC;
import static io.latchkey.auth.RunningAuthApi.SECRET;
import static io.latchkey.auth.link.LinksApiIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.token.TestSigningKeys;
import io.latchkey.events.AppId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call the native API. */
class CredentialsIT {
    private static final String PATH = "/api/v1/links/link_00000000000000000000000000";
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Browser http = new Browser(api.url());
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        http.close();
        backend.close();
    }

    @Test
    void whateverIsWrongWithBasicHasOneAnswer() {
        var answers =
                Stream.of(
                                basic(AppId.next(), SECRET),
                                basic(APP, SECRET + "x"),
                                basic(APP, ""),
                                basic(PUBLIC, ""),
                                basic(PUBLIC, SECRET),
                                basic("nobody", SECRET),
                                basic("", ""),
                                "Basic",
                                "Basic !!!",
                                "Basic " + Base64.getEncoder().encodeToString(new byte[] {1, 2}),
                                "Digest x",
                                "")
                        .map(this::call)
                        .toList();

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.get(0).body());
        assertProblem(answers.get(0), 401, "invalid_client");
        assertThat(answers.get(0).headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Basic ");
    }

    @Test
    void noCredentialsAtAllHaveTheSameAnswer() {
        assertThat(http.get(PATH, "X-Request-Id", "same").body()).isEqualTo(call("Basic").body());
    }

    @Test
    void anAppsOwnAccessTokenIsGood() throws Exception {
        var token = ownToken();

        assertProblem(call("Bearer " + token), 404, "not_found");
        assertProblem(call("bearer " + token), 404, "not_found");
        assertThat(
                        http.postJson(
                                        "/api/v1/links",
                                        "{\"email\":\"%s\",\"redirect_uri\":\"%s\"}"
                                                .formatted(newAddress(), RunningAuthApi.REDIRECT),
                                        "Authorization",
                                        "Bearer " + token)
                                .statusCode())
                .isEqualTo(202);
    }

    @Test
    void aUsersTokenIsNoAppsCredential() {
        var tokens = backend.signIn(requestFor(newAddress()));

        for (var name : List.of("access_token", "id_token", "refresh_token")) {
            assertRefused(tokens.required(name).stringValue());
        }
    }

    @Test
    void aGoodTokenMadeHereIsTheMeasureOfTheForgedOnes() throws Exception {
        assertProblem(call("Bearer " + signed(claims().build())), 404, "not_found");
    }

    @Test
    void claimsThatAreNotOursAreRefused() throws Exception {
        assertRefused(signed(claims().issuer("https://evil.example").build()));
        assertRefused(signed(claims().audience("https://evil.example").build()));
        assertRefused(signed(claims().audience(List.of()).build()));
        assertRefused(signed(claims().subject(AppId.next().toString()).build()));
        assertRefused(signed(claims().claim("client_id", null).build()));
        assertRefused(signed(claims().claim("client_id", 7).build()));
        assertRefused(
                signed(
                        claims().subject(PUBLIC.toString())
                                .claim("client_id", PUBLIC.toString())
                                .build()));
    }

    @Test
    void timesAreChecked() throws Exception {
        var now = Instant.now();
        assertRefused(signed(claims().expirationTime(Date.from(now.minusSeconds(90))).build()));
        assertRefused(signed(claims().expirationTime(null).build()));
        assertRefused(signed(claims().notBeforeTime(Date.from(now.plusSeconds(300))).build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "", "dpop+jwt", "AT+JWT "})
    void anotherTypeIsRefused(String type) throws Exception {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID(TestSigningKeys.current(api).getKeyID())
                        .type(new JOSEObjectType(type))
                        .build();

        assertRefused(
                signed(header, claims().build(), new ECDSASigner(TestSigningKeys.current(api))));
    }

    @Test
    void aTokenOfSomebodyElsesKeyIsRefused() throws Exception {
        var theirs = new ECKeyGenerator(Curve.P_256).keyID("theirs").generate();
        var kid = TestSigningKeys.current(api).getKeyID();

        for (var header :
                List.of(
                        header().keyID(kid).build(),
                        header().keyID("theirs").build(),
                        header().build(),
                        header().keyID("theirs").jwk(theirs.toPublicJWK()).build(),
                        header().keyID(kid).jwk(theirs.toPublicJWK()).build(),
                        header().keyID(kid)
                                .jwkURL(java.net.URI.create("https://evil.example/jwks"))
                                .build())) {
            assertRefused(signed(header, claims().build(), new ECDSASigner(theirs)));
        }
    }

    @Test
    void noneAndSymmetricAlgorithmsAreRefused() throws Exception {
        var published = (ECKey) JWKSet.parse(http.get("/oauth2/jwks").body()).getKeys().getFirst();
        var kid = published.getKeyID();
        var none = new PlainJWT(claims().build()).serialize();

        assertRefused(none);
        assertRefused(none + "x");
        for (var key :
                List.of(
                        published.toECPublicKey().getEncoded(),
                        published.toJSONString().getBytes(StandardCharsets.UTF_8),
                        pem(published).getBytes(StandardCharsets.UTF_8))) {
            var header =
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(kid)
                            .type(new JOSEObjectType("at+jwt"))
                            .build();
            assertRefused(signed(header, claims().build(), new MACSigner(key)));
        }
    }

    @Test
    void aChangedTokenIsRefused() {
        var token = ownToken();
        var parts = token.split("\\.", -1);
        var payload =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                        .replace(APP.toString(), RunningAuthApi.SISTER.toString());
        var changed =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(payload.getBytes(StandardCharsets.UTF_8));

        assertRefused(parts[0] + "." + changed + "." + parts[2]);
        assertRefused(parts[0] + "." + parts[1] + ".");
        assertRefused(parts[0] + "." + parts[1]);
        assertRefused(token.substring(0, token.length() - 4));
        assertRefused(token + "." + parts[2]);
        assertRefused(token + " " + token);
    }

    @Test
    void aSignatureOfZerosIsRefused() throws Exception {
        var parts = signed(claims().build()).split("\\.", -1);

        assertRefused(
                parts[0]
                        + "."
                        + parts[1]
                        + "."
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]));
    }

    private void assertRefused(String token) {
        var answer = call("Bearer " + token);
        assertProblem(answer, 401, "invalid_token");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    }

    private HttpResponse<String> call(String authorization) {
        return http.get(PATH, "Authorization", authorization, "X-Request-Id", "same");
    }

    private String ownToken() {
        return json(backend.token(Map.of("grant_type", "client_credentials")))
                .required("access_token")
                .stringValue();
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(api.url())
                .subject(APP.toString())
                .audience(List.of(api.url(), APP.toString()))
                .claim("client_id", APP.toString())
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("at+jwt"));
    }

    private String signed(JWTClaimsSet claims) throws Exception {
        var key = TestSigningKeys.current(api);
        return signed(header().keyID(key.getKeyID()).build(), claims, new ECDSASigner(key));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
            throws Exception {
        var jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static String pem(ECKey key) throws Exception {
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN PUBLIC KEY-----\n"
                + encoder.encodeToString(key.toECPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
