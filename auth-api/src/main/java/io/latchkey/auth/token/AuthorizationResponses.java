package io.latchkey.auth.token;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What an app is told at its redirect URI: a code or an error, its state, and who says so.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2">RFC 6749 §4.1.2</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9207#section-2">RFC 9207 §2</a>
 */
@Component
public class AuthorizationResponses {
    private final Issuer issuer;

    AuthorizationResponses(Issuer issuer) {
        this.issuer = issuer;
    }

    /**
     * @param redirectUri one that the app has registered; it is never re-encoded
     */
    public URI code(String redirectUri, String code, @Nullable String state) {
        return at(redirectUri, Map.of("code", code), state);
    }

    /**
     * @param error as the RFCs spell it
     * @param description for the app's developer: ASCII, nothing that the caller has sent
     */
    public URI error(String redirectUri, String error, String description, @Nullable String state) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("error", error);
        parameters.put("error_description", description);
        return at(redirectUri, parameters, state);
    }

    private URI at(String redirectUri, Map<String, String> parameters, @Nullable String state) {
        var target = new StringBuilder(redirectUri);
        var all = new LinkedHashMap<>(parameters);
        if (state != null) {
            all.put("state", state);
        }
        all.put("iss", issuer.value());
        all.forEach(
                (name, value) ->
                        target.append(target.indexOf("?") < 0 ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return URI.create(target.toString());
    }
}
