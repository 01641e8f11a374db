package io.latchkey.auth.token;

import io.jsonwebtoken.Jwts;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Signs id tokens.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDToken">OpenID Connect Core
 *     §2</a>
 */
@Component
public class IdTokens {
    public static final Duration LIFE = Duration.ofMinutes(10);
    private final SigningKeys keys;
    private final Issuer issuer;
    private final SubjectKey subjects;

    IdTokens(SigningKeys keys, Issuer issuer, SubjectKey subjects) {
        this.keys = keys;
        this.issuer = issuer;
        this.subjects = subjects;
    }

    /**
     * Who signed in.
     *
     * @param email canonical, proven by the link
     * @param issuedAt the database's clock
     */
    public record Identity(
            String clientId,
            String tenant,
            UserId userId,
            SessionId sessionId,
            String email,
            @Nullable String nonce,
            Instant authTime,
            Instant issuedAt) {}

    public String sign(Identity identity) {
        var key = keys.current();
        var persistentId =
                subjects.persistentId(identity.tenant(), EmailAddress.parse(identity.email()));
        var token =
                Jwts.builder()
                        .header()
                        .type("JWT")
                        .keyId(key.kid())
                        .and()
                        .issuer(issuer.value())
                        .subject(identity.userId().toString())
                        .audience()
                        .add(identity.clientId())
                        .and()
                        .claim("sid", identity.sessionId().toString())
                        .claim("auth_time", identity.authTime().getEpochSecond())
                        .claim("amr", List.of("email"))
                        .claim("email", identity.email())
                        .claim("email_verified", true)
                        .claim("persistent_id", persistentId)
                        .issuedAt(Date.from(identity.issuedAt()))
                        .expiration(Date.from(identity.issuedAt().plus(LIFE)));
        if (identity.nonce() != null) {
            token.claim("nonce", identity.nonce());
        }
        return token.signWith(key.privateKey(), Jwts.SIG.ES256).compact();
    }
}
