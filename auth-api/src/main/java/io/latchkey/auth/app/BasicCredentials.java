package io.latchkey.auth.app;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A client id and its secret, as presented. Neither holds a character that RFC 6749 §2.3.1 would
 * have encoded within HTTP Basic, so both ways to send them are one.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7617#section-2">RFC 7617 §2</a>
 */
public record BasicCredentials(String clientId, String secret) {
    private static final String SCHEME = "Basic ";

    /** Reads the value of an {@code Authorization} header; empty where it is no HTTP Basic. */
    public static Optional<BasicCredentials> of(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            var bytes =
                    Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
            var pair = new String(bytes, StandardCharsets.UTF_8);
            var colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new BasicCredentials(
                                    pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "BasicCredentials[" + clientId + "]";
    }
}
