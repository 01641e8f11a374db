package io.latchkey.auth.token;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.Jwts;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Objects;
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
    private final Signatures signatures;
    private final InstantSource clock;

    AccessTokens(SigningKeys keys, Issuer issuer, Signatures signatures, InstantSource clock) {
        this.keys = keys;
        this.signatures = signatures;
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
    public record OwnToken(
            String clientId, Set<String> scopes, String jti, Instant issuedAt, Instant expiresAt) {}

    /** What a verified token of a user says; whether its session is alive, it cannot say. */
    public record UserToken(
            String clientId,
            UserId userId,
            SessionId sessionId,
            String scope,
            String jti,
            Instant authTime,
            Instant issuedAt,
            Instant expiresAt) {}

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
            return own(claims(token));
        } catch (JwtException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static Optional<OwnToken> own(Claims claims) {
        var clientId = claims.get("client_id", String.class);
        if (clientId == null
                || !clientId.equals(claims.getSubject())
                || claims.getExpiration() == null
                || claims.getIssuedAt() == null) {
            return Optional.empty();
        }
        var scope = claims.get("scope", String.class);
        return Optional.of(
                new OwnToken(
                        clientId,
                        scope == null ? Set.of() : Set.of(scope.split(" ")),
                        String.valueOf(claims.getId()),
                        claims.getIssuedAt().toInstant(),
                        claims.getExpiration().toInstant()));
    }

    /** A user's token, verified likewise. Empty for anything else, an app's own among it. */
    public Optional<UserToken> verify(String token) {
        try {
            return Optional.of(user(claims(token)));
        } catch (JwtException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException e) {
            return Optional.empty();
        }
    }

    /**
     * @throws NullPointerException where a claim is missing
     * @throws IllegalArgumentException where one is malformed
     */
    private static UserToken user(Claims claims) {
        return new UserToken(
                require(claims, "client_id", String.class),
                UserId.parse(require(claims, Claims.SUBJECT, String.class)),
                SessionId.parse(require(claims, "sid", String.class)),
                require(claims, "scope", String.class),
                require(claims, Claims.ID, String.class),
                Instant.ofEpochSecond(require(claims, "auth_time", Long.class)),
                require(claims, Claims.ISSUED_AT, Date.class).toInstant(),
                require(claims, Claims.EXPIRATION, Date.class).toInstant());
    }

    private static <T> T require(Claims claims, String name, Class<T> type) {
        return Objects.requireNonNull(claims.get(name, type), name);
    }

    private Claims claims(String token) {
        return signatures
                .parser(TYPE)
                .requireAudience(issuer.value())
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(CLOCK_SKEW_SECONDS)
                .build()
                .parseSignedClaims(token)
                .getPayload();
    }
}
