package io.latchkey.auth.oauth;

import io.latchkey.auth.session.RefreshSession;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * {@code refresh_token}: the next refresh token, and new tokens of the same session.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-6">RFC 6749 §6</a>
 */
@Service
class RefreshTokenGrant implements Grant {
    private final RefreshSession refreshSession;
    private final SessionTokens tokens;
    private final KeyRing ring;

    RefreshTokenGrant(RefreshSession refreshSession, SessionTokens tokens, KeyRing ring) {
        this.refreshSession = refreshSession;
        this.tokens = tokens;
        this.ring = ring;
    }

    @Override
    public String type() {
        return "refresh_token";
    }

    @Override
    public Mono<TokenResponse> grant(TokenRequest request) {
        var appId = request.client().app().id();
        return Mono.justOrEmpty(RefreshToken.open(request.require("refresh_token"), ring))
                .flatMap(genuine -> refreshSession.refresh(genuine, appId, request.requestId()))
                .map(tokens::of)
                .switchIfEmpty(Mono.error(Grant::invalid));
    }
}
