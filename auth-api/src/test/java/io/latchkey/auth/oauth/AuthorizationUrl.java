package io.latchkey.auth.oauth;

import io.latchkey.auth.RunningAuthApi;
import io.latchkey.events.AppId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Where an app sends a browser to sign somebody in: right, but for what a test changes. */
public final class AuthorizationUrl {
    /** The pair of RFC 7636, appendix B. */
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private String more = "";

    private AuthorizationUrl(AppId app) {
        with("client_id", app);
        with("redirect_uri", RunningAuthApi.REDIRECT);
        with("response_type", "code");
        with("scope", "openid email");
        with("state", "s t&te");
        with("nonce", "n-1");
        with("code_challenge", CHALLENGE);
        with("code_challenge_method", "S256");
    }

    public static AuthorizationUrl of(AppId app) {
        return new AuthorizationUrl(app);
    }

    public AuthorizationUrl with(String name, Object value) {
        parameters.put(name, value.toString());
        return this;
    }

    public AuthorizationUrl without(String name) {
        parameters.remove(name);
        return this;
    }

    /** Encoded already, and added at the end. */
    AuthorizationUrl more(String query) {
        more = "&" + query;
        return this;
    }

    Map<String, String> form() {
        return parameters;
    }

    public String query() {
        return parameters.entrySet().stream()
                        .map(
                                e ->
                                        e.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))
                + more;
    }

    @Override
    public String toString() {
        return "/oauth2/authorize?" + query();
    }
}
