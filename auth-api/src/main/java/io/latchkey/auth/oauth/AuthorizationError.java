package io.latchkey.auth.oauth;

import java.util.Locale;

/**
 * Why an app gets no code.
 *
 * @param description for its developer; nothing that was sent
 */
public record AuthorizationError(Code code, String description) {
    /**
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2.1">RFC 6749
     *     §4.1.2.1</a>
     * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthError">OpenID Connect
     *     Core §3.1.2.6</a>
     */
    public enum Code {
        INVALID_REQUEST,
        UNSUPPORTED_RESPONSE_TYPE,
        INVALID_SCOPE,
        LOGIN_REQUIRED,
        TEMPORARILY_UNAVAILABLE,
        REQUEST_NOT_SUPPORTED,
        REQUEST_URI_NOT_SUPPORTED,
        REGISTRATION_NOT_SUPPORTED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static AuthorizationError invalid(String description) {
        return new AuthorizationError(Code.INVALID_REQUEST, description);
    }
}
