package io.latchkey.auth.oauth;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whom an access token is about.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse">OpenID
 *     Connect Core §5.3.2</a>
 */
public record UserInfo(
        @JsonProperty("sub") String subject,
        @JsonProperty("email") String email,
        @JsonProperty("email_verified") boolean emailVerified,
        @JsonProperty("persistent_id") String persistentId) {
    /** Without the address. */
    @Override
    public String toString() {
        return "UserInfo[" + subject + "]";
    }
}
