package io.latchkey.auth.oauth;

import io.latchkey.auth.session.Session;
import io.latchkey.auth.token.AccessTokens;
import io.latchkey.auth.token.IdTokens;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import org.springframework.stereotype.Component;

/**
 * The tokens of a session at its present generation. Asked twice, it gives the same refresh token
 * and {@code jti}; only times and signatures differ.
 */
@Component
class SessionTokens {
    static final String SCOPE = "openid email";
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final KeyRing ring;

    SessionTokens(AccessTokens accessTokens, IdTokens idTokens, KeyRing ring) {
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.ring = ring;
    }

    TokenResponse of(Session session) {
        var clientId = session.appId().toString();
        var accessToken =
                accessTokens.sign(
                        new AccessTokens.ForUser(
                                clientId,
                                session.tenant(),
                                session.userId(),
                                session.id(),
                                session.id() + "." + session.generation(),
                                SCOPE,
                                session.authTime(),
                                session.now()));
        var idToken =
                idTokens.sign(
                        new IdTokens.Identity(
                                clientId,
                                session.tenant(),
                                session.userId(),
                                session.id(),
                                session.email(),
                                session.emailVerified(),
                                session.nonce(),
                                session.authTime(),
                                session.now()));
        return new TokenResponse(
                accessToken,
                "Bearer",
                AccessTokens.LIFE.toSeconds(),
                RefreshToken.of(session.id(), session.generation(), session.kid(), ring),
                idToken,
                SCOPE,
                session.id().toString());
    }
}
