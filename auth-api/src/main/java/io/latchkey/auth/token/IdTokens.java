package io.latchkey.auth.token;

import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
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
    private static final String TYPE = "JWT";
    private final SigningKeys keys;
    private final Issuer issuer;
    private final SubjectKey subjects;
    private final Signatures signatures;

    IdTokens(SigningKeys keys, Issuer issuer, SubjectKey subjects, Signatures signatures) {
        this.signatures = signatures;
        this.keys = keys;
        this.issuer = issuer;
        this.subjects = subjects;
    }

    /**
     * Who signed in.
     *
     * @param email canonical
     * @param emailVerified whether it was proven by a link
     * @param issuedAt the database's clock
     */
    public record Identity(
            String clientId,
            String tenant,
            UserId userId,
            SessionId sessionId,
            String email,
            boolean emailVerified,
            @Nullable String nonce,
            Instant authTime,
            Instant issuedAt) {}

    /**
     * Whom an id token of ours was about, and for whom.
     *
     * @param email his address at that time
     */
    public record Hint(String clientId, UserId userId, SessionId sessionId, EmailAddress email) {
        @Override
        public String toString() {
            return "Hint[clientId=%s, userId=%s]".formatted(clientId, userId);
        }
    }

    public String sign(Identity identity) {
        var key = keys.current();
        var persistentId =
                subjects.persistentId(identity.tenant(), EmailAddress.parse(identity.email()));
        var token =
                Jwts.builder()
                        .header()
                        .type(TYPE)
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
                        .claim("email_verified", identity.emailVerified())
                        .claim("persistent_id", persistentId)
                        .issuedAt(Date.from(identity.issuedAt()))
                        .expiration(Date.from(identity.issuedAt().plus(LIFE)));
        if (identity.nonce() != null) {
            token.claim("nonce", identity.nonce());
        }
        return token.signWith(key.privateKey(), Jwts.SIG.ES256).compact();
    }

    /**
     * An id token that an app gives back to say whom it means. It may have expired: the session
     * that it tells of outlives it. Empty for what is not ours.
     *
     * @see <a
     *     href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout">RP-Initiated
     *     Logout §2</a>
     */
    public Optional<Hint> verifyHint(String token) {
        try {
            var claims =
                    signatures
                            .parser(TYPE)
                            .clock(() -> Date.from(Instant.EPOCH))
                            .build()
                            .parseSignedClaims(token)
                            .getPayload();
            return claims.getAudience().size() == 1
                    ? Optional.of(
                            new Hint(
                                    claims.getAudience().iterator().next(),
                                    UserId.parse(claims.getSubject()),
                                    SessionId.parse(claims.get("sid", String.class)),
                                    EmailAddress.parse(claims.get("email", String.class))))
                    : Optional.empty();
        } catch (JwtException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException e) {
            return Optional.empty();
        }
    }
}
