package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;
import io.latchkey.auth.session.CheckSession;
import io.latchkey.auth.session.Session;
import io.latchkey.auth.token.AccessTokens;
import io.latchkey.auth.token.AccessTokens.OwnToken;
import io.latchkey.auth.token.AccessTokens.UserToken;
import io.latchkey.auth.token.Issuer;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Says what a token is worth at this moment (S16), to the app that it was given to alone. */
@Service
public class IntrospectToken {
    private final AccessTokens accessTokens;
    private final CheckSession checkSession;
    private final KeyRing ring;
    private final Issuer issuer;

    IntrospectToken(
            AccessTokens accessTokens, CheckSession checkSession, KeyRing ring, Issuer issuer) {
        this.accessTokens = accessTokens;
        this.checkSession = checkSession;
        this.ring = ring;
        this.issuer = issuer;
    }

    /** Whatever is wrong with a token has one answer. */
    public Mono<Introspection> introspect(String token, App app) {
        return usersToken(token, app)
                .switchIfEmpty(Mono.defer(() -> ownToken(token, app)))
                .switchIfEmpty(Mono.defer(() -> refreshToken(token, app)))
                .defaultIfEmpty(Introspection.INACTIVE);
    }

    private Mono<Introspection> usersToken(String token, App app) {
        return Mono.justOrEmpty(accessTokens.verify(token))
                .filter(user -> user.clientId().equals(app.id().toString()))
                .flatMap(
                        user ->
                                checkSession
                                        .check(user.sessionId(), app.id())
                                        .map(_ -> ofUser(user)));
    }

    private Mono<Introspection> ownToken(String token, App app) {
        return Mono.justOrEmpty(accessTokens.verifyOwn(token))
                .filter(own -> own.clientId().equals(app.id().toString()))
                .map(this::ofApp);
    }

    private Mono<Introspection> refreshToken(String token, App app) {
        return Mono.justOrEmpty(RefreshToken.open(token, ring))
                .flatMap(genuine -> checkSession.check(genuine, app.id()))
                .map(this::ofSession);
    }

    private Introspection ofUser(UserToken token) {
        return new Introspection(
                true,
                token.scope(),
                token.clientId(),
                "Bearer",
                token.expiresAt().getEpochSecond(),
                token.issuedAt().getEpochSecond(),
                token.userId().toString(),
                List.of(issuer.value(), token.clientId()),
                issuer.value(),
                token.jti(),
                token.sessionId().toString(),
                token.authTime().getEpochSecond());
    }

    private Introspection ofApp(OwnToken token) {
        return new Introspection(
                true,
                String.join(" ", new TreeSet<>(token.scopes())),
                token.clientId(),
                "Bearer",
                token.expiresAt().getEpochSecond(),
                token.issuedAt().getEpochSecond(),
                token.clientId(),
                List.of(issuer.value(), token.clientId()),
                issuer.value(),
                token.jti(),
                null,
                null);
    }

    private Introspection ofSession(Session session) {
        return new Introspection(
                true,
                SessionTokens.SCOPE,
                session.appId().toString(),
                null,
                session.expiresAt().getEpochSecond(),
                null,
                session.userId().toString(),
                null,
                issuer.value(),
                null,
                session.id().toString(),
                session.authTime().getEpochSecond());
    }
}
