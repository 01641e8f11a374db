package io.latchkey.auth.oauth.web;

import io.latchkey.auth.oauth.Grant;
import io.latchkey.auth.oauth.Prompt;
import io.latchkey.auth.pages.Languages;
import io.latchkey.auth.token.Issuer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /.well-known/openid-configuration}: exactly what works here.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect
 *     Discovery</a>
 */
@RestController
class DiscoveryController {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final List<String> WITH_SECRET =
            List.of("client_secret_basic", "client_secret_post");
    private static final List<String> ANY_CLIENT =
            List.of("client_secret_basic", "client_secret_post", "none");
    private final Map<String, Object> document = new LinkedHashMap<>();

    DiscoveryController(Issuer issuer, List<Grant> grants) {
        var here = issuer.value();
        document.put("issuer", here);
        document.put("authorization_endpoint", here + "/oauth2/authorize");
        document.put("token_endpoint", here + "/oauth2/token");
        document.put("userinfo_endpoint", here + "/oauth2/userinfo");
        document.put("jwks_uri", here + "/oauth2/jwks");
        document.put("introspection_endpoint", here + "/oauth2/introspect");
        document.put("revocation_endpoint", here + "/oauth2/revoke");
        document.put("end_session_endpoint", here + "/oauth2/logout");
        document.put("grant_types_supported", grants.stream().map(Grant::type).sorted().toList());
        document.put("response_types_supported", List.of("code"));
        document.put("response_modes_supported", List.of("query"));
        document.put(
                "prompt_values_supported",
                Arrays.stream(Prompt.values()).map(Prompt::toString).toList());
        document.put(
                "ui_locales_supported",
                Languages.SPOKEN.stream().map(Locale::toLanguageTag).toList());
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("ES256"));
        document.put("token_endpoint_auth_methods_supported", ANY_CLIENT);
        document.put("introspection_endpoint_auth_methods_supported", WITH_SECRET);
        document.put("revocation_endpoint_auth_methods_supported", ANY_CLIENT);
        document.put("code_challenge_methods_supported", List.of("S256"));
        document.put("scopes_supported", List.of("openid", "email"));
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("claims_parameter_supported", false);
        document.put("request_parameter_supported", false);
        document.put("request_uri_parameter_supported", false);
        document.put(
                "claims_supported",
                List.of(
                        "iss",
                        "sub",
                        "aud",
                        "exp",
                        "iat",
                        "sid",
                        "auth_time",
                        "amr",
                        "nonce",
                        "email",
                        "email_verified",
                        "persistent_id"));
    }

    @GetMapping("/.well-known/openid-configuration")
    ResponseEntity<Map<String, Object>> discovery() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .body(document);
    }
}
