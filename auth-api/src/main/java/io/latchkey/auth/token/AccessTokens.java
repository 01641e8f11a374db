package io.latchkey.auth.token;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.InvalidKeyException;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Signs and verifies access tokens.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9068">RFC 9068</a>
 */
@Component
public class AccessTokens {
    public static final Duration LIFE = Duration.ofMinutes(10);
    private static final String TYPE = "at+jwt";
    private static final long CLOCK_SKEW_SECONDS = 60;

    private final SigningKeys keys;
    private final Issuer issuer;
    private final InstantSource clock;

    AccessTokens(SigningKeys keys, Issuer issuer, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * A user's.
     *
     * @param jti the same for every answer about the same generation of a session
     * @param issuedAt the database's clock
     */
    public record ForUser(
            String clientId,
            String tenant,
            UserId userId,
            SessionId sessionId,
            String jti,
            String scope,
            Instant authTime,
            Instant issuedAt) {}

    /** What a verified token of an app's own says. */
    public record OwnToken(String clientId, Set<String> scopes) {}

    public String sign(ForUser token) {
        var key = keys.current();
        return Jwts.builder()
                .header()
                .type(TYPE)
                .keyId(key.kid())
                .and()
                .issuer(issuer.value())
                .subject(token.userId().toString())
                .audience()
                .add(List.of(issuer.value(), token.clientId()))
                .and()
                .claim("client_id", token.clientId())
                .claim("tenant", token.tenant())
                .claim("sid", token.sessionId().toString())
                .claim("scope", token.scope())
                .claim("auth_time", token.authTime().getEpochSecond())
                .claim("amr", List.of("email"))
                .id(token.jti())
                .issuedAt(Date.from(token.issuedAt()))
                .expiration(Date.from(token.issuedAt().plus(LIFE)))
                .signWith(key.privateKey(), Jwts.SIG.ES256)
                .compact();
    }

    /** An app's own, by the client-credentials grant: its subject is the client. */
    public String signOwn(String clientId, String tenant, String scope) {
        var key = keys.current();
        var now = clock.instant();
        return Jwts.builder()
                .header()
                .type(TYPE)
                .keyId(key.kid())
                .and()
                .issuer(issuer.value())
                .subject(clientId)
                .audience()
                .add(List.of(issuer.value(), clientId))
                .and()
                .claim("client_id", clientId)
                .claim("tenant", tenant)
                .claim("scope", scope)
                .id(UUID.randomUUID().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(LIFE)))
                .signWith(key.privateKey(), Jwts.SIG.ES256)
                .compact();
    }

    /**
     * An app's own token, verified: algorithm, key, type, issuer, audience and times (S14). Empty
     * for anything else, a user's token among it.
     */
    public Optional<OwnToken> verifyOwn(String token) {
        try {
            var jws =
                    Jwts.parser()
                            .sig()
                            .clear()
                            .add(Jwts.SIG.ES256)
                            .and()
                            .keyLocator(header -> key(header.getType(), (JwsHeader) header))
                            .requireIssuer(issuer.value())
                            .requireAudience(issuer.value())
                            .clock(() -> Date.from(clock.instant()))
                            .clockSkewSeconds(CLOCK_SKEW_SECONDS)
                            .build()
                            .parseSignedClaims(token);
            return own(jws.getPayload());
        } catch (JwtException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static Optional<OwnToken> own(Claims claims) {
        var clientId = claims.get("client_id", String.class);
        if (clientId == null
                || !clientId.equals(claims.getSubject())
                || claims.getExpiration() == null) {
            return Optional.empty();
        }
        var scope = claims.get("scope", String.class);
        return Optional.of(
                new OwnToken(clientId, scope == null ? Set.of() : Set.of(scope.split(" "))));
    }

    private Key key(String type, JwsHeader header) {
        if (!TYPE.equals(type)) {
            throw new InvalidKeyException("not an access token");
        }
        return keys.publicKey(String.valueOf(header.getKeyId()))
                .orElseThrow(() -> new InvalidKeyException("unknown key"));
    }
}
