package io.latchkey.auth.session;

import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * The cookie that keeps a browser signed in on our own pages. Its value is the refresh token of a
 * session of the built-in app, which nobody can redeem and which never rotates: for a forged one no
 * query is made, and the database holds nothing that could be put into a browser.
 */
@Component
class HostedCookie {
    private static final int GENERATION = 1;
    private final String name;
    private final boolean secure;
    private final KeyRing ring;

    HostedCookie(LatchkeyProperties properties, KeyRing ring) {
        this.secure = properties.https();
        this.name = secure ? "__Host-latchkey" : "latchkey";
        this.ring = ring;
    }

    /** What the browser has sent, if it is genuine. */
    Optional<RefreshToken> of(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getRequest().getCookies().getFirst(name))
                .flatMap(cookie -> RefreshToken.open(cookie.getValue(), ring))
                .filter(token -> token.generation() == GENERATION);
    }

    void set(ServerWebExchange exchange, HostedSession session) {
        var value = RefreshToken.of(session.id(), GENERATION, session.kid(), ring);
        answer(exchange, value, session.lasts());
    }

    void clear(ServerWebExchange exchange) {
        if (exchange.getRequest().getCookies().containsKey(name)) {
            answer(exchange, "", Duration.ZERO);
        }
    }

    private void answer(ServerWebExchange exchange, String value, Duration maxAge) {
        exchange.getResponse()
                .getCookies()
                .set(
                        name,
                        ResponseCookie.from(name, value)
                                .httpOnly(true)
                                .secure(secure)
                                .sameSite("Lax")
                                .path("/")
                                .maxAge(maxAge)
                                .build());
    }
}
