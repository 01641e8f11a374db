package io.latchkey.auth.oauth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.SISTER;
import static io.latchkey.auth.RunningAuthApi.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.events.EmailAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Promise S14: tokens as an independent library sees them, by the published keys alone. */
class TokensIT {
    private final RunningAuthApi api = RunningAuthApi.get();
    private final Browser http = new Browser(api.url());
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        http.close();
        backend.close();
    }

    @Test
    void anAccessTokenIsOfTheShapeOfRfc9068() throws Exception {
        var tokens = backend.signIn(newAddress());

        var claims = verified(tokens, "access_token", "at+jwt");

        assertThat(claims.getAudience()).containsExactlyInAnyOrder(api.url(), APP.toString());
        assertThat(claims.getSubject()).startsWith("user_");
        assertThat(claims.getStringClaim("client_id")).isEqualTo(APP.toString());
        assertThat(claims.getStringClaim("sid")).isEqualTo(text(tokens, "session_id"));
        assertThat(claims.getStringClaim("tenant")).isEqualTo("default");
        assertThat(claims.getStringClaim("scope")).isEqualTo("openid email");
        assertThat(claims.getStringListClaim("amr")).containsExactly("email");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getLongClaim("auth_time"))
                .isLessThanOrEqualTo(claims.getIssueTime().toInstant().getEpochSecond());
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(claims.getIssueTime().toInstant().plus(Duration.ofMinutes(10)));
        assertThat(claims.getClaims()).doesNotContainKeys("email", "nonce");
        assertThat(tokens.required("expires_in").intValue()).isEqualTo(600);
        assertThat(text(tokens, "token_type")).isEqualTo("Bearer");
    }

    @Test
    void anIdTokenSaysWhoSignedIn() throws Exception {
        var request = requestFor("Zoe.Tokens@Mail.example");
        request.put("nonce", "n-0S6_WzA2Mj");

        var tokens = backend.signIn(request);

        var claims = verified(tokens, "id_token", "JWT");
        assertThat(claims.getAudience()).containsExactly(APP.toString());
        assertThat(claims.getStringClaim("nonce")).isEqualTo("n-0S6_WzA2Mj");
        assertThat(claims.getStringClaim("email")).isEqualTo("zoe.tokens@mail.example");
        assertThat(claims.getBooleanClaim("email_verified")).isTrue();
        assertThat(claims.getStringClaim("sid")).isEqualTo(text(tokens, "session_id"));
        assertThat(claims.getSubject())
                .isEqualTo(verified(tokens, "access_token", "at+jwt").getSubject());
        assertThat(claims.getStringClaim("persistent_id"))
                .isEqualTo(
                        api.subjects()
                                .persistentId(
                                        "default", EmailAddress.parse("zoe.tokens@mail.example")));
    }

    @Test
    void aPersonIsTheSameForAppsOfATenantAndAnotherElsewhere() throws Exception {
        var address = newAddress();
        try (var sister = new Backend(SISTER);
                var stranger = new Backend(STRANGER)) {
            var ours = verified(backend.signIn(address), "id_token", "JWT");
            var again = verified(backend.signIn(address), "id_token", "JWT");
            var hers = verified(sister.signIn(address), "id_token", "JWT");
            var theirs = verified(stranger.signIn(address), "id_token", "JWT");

            assertThat(List.of(again, hers))
                    .allSatisfy(
                            same -> {
                                assertThat(same.getSubject()).isEqualTo(ours.getSubject());
                                assertThat(same.getClaim("persistent_id"))
                                        .isEqualTo(ours.getClaim("persistent_id"));
                            });
            assertThat(theirs.getSubject()).isNotEqualTo(ours.getSubject());
            assertThat(theirs.getClaim("persistent_id"))
                    .isNotEqualTo(ours.getClaim("persistent_id"));
        }
    }

    @Test
    void publishedKeysArePublicOnly() throws Exception {
        var keys = JWKSet.parse(http.get("/oauth2/jwks").body());

        assertThat(keys.getKeys()).isNotEmpty().noneMatch(key -> key.isPrivate());
        assertThat(keys.getKeys())
                .allSatisfy(
                        key -> {
                            assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
                            assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
                            assertThat(key.getKeyID())
                                    .isEqualTo(key.computeThumbprint().toString());
                        });
    }

    @Test
    void aSessionLastsAsLongAsTheShorterOfAppAndRequest() {
        var request = requestFor(newAddress());
        request.put("session_duration", 60);
        var brief = backend.signIn(request);
        request.put("email", newAddress());
        request.put("session_duration", 366 * 86_400);
        var longest = backend.signIn(request);

        assertThat(secondsOf(brief)).isEqualTo(60);
        assertThat(secondsOf(longest)).isEqualTo(30 * 86_400);
    }

    private static long secondsOf(JsonNode tokens) {
        var row =
                TestRows.select(
                                "SELECT extract(epoch FROM expires_at - created_at)::bigint AS s"
                                        + " FROM auth.session"
                                        + " WHERE auth.typeid('sess', id) = ?",
                                text(tokens, "session_id"))
                        .getFirst();
        return Long.parseLong(String.valueOf(row.get("s")));
    }

    @Test
    void theDiscoveryDocumentStatesOnlyWhatWorks() {
        var document = Browser.json(http.get("/.well-known/openid-configuration"));

        assertThat(text(document, "issuer")).isEqualTo(api.url());
        document.required("grant_types_supported")
                .forEach(
                        grant ->
                                assertThat(
                                                backend.token(
                                                                Map.of(
                                                                        "grant_type",
                                                                        grant.stringValue()))
                                                        .body())
                                        .doesNotContain("unsupported_grant_type"));
        assertThat(document.required("id_token_signing_alg_values_supported"))
                .hasToString("[\"ES256\"]");
    }

    private JWTClaimsSet verified(JsonNode tokens, String name, String type) throws Exception {
        var keys = JWKSet.parse(http.get("/oauth2/jwks").body());
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(type)));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(keys)));
        var audience = text(Browser.json(http.get("/.well-known/openid-configuration")), "issuer");
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        name.equals("id_token") ? null : audience,
                        new JWTClaimsSet.Builder().issuer(api.url()).build(),
                        Set.of("sub", "exp", "iat", "aud", "sid", "auth_time")));
        return processor.process(text(tokens, name), null);
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
