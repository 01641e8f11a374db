package io.latchkey.auth.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a token is worth at this moment. Of one that is worth nothing, nothing more is said.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7662#section-2.2">RFC 7662 §2.2</a>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Introspection(
        @JsonProperty("active") boolean active,
        @JsonProperty("scope") @Nullable String scope,
        @JsonProperty("client_id") @Nullable String clientId,
        @JsonProperty("token_type") @Nullable String tokenType,
        @JsonProperty("exp") @Nullable Long expiresAt,
        @JsonProperty("iat") @Nullable Long issuedAt,
        @JsonProperty("sub") @Nullable String subject,
        @JsonProperty("aud") @Nullable List<String> audience,
        @JsonProperty("iss") @Nullable String issuer,
        @JsonProperty("jti") @Nullable String jti,
        @JsonProperty("sid") @Nullable String sessionId,
        @JsonProperty("auth_time") @Nullable Long authTime) {
    static final Introspection INACTIVE =
            new Introspection(
                    false, null, null, null, null, null, null, null, null, null, null, null);
}
