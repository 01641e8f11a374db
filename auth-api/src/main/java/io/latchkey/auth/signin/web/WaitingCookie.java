package io.latchkey.auth.signin.web;

import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.LinkId;
import java.util.Optional;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which link a browser waits for: of several, the newest. It is no secret, and counts only in the
 * browser that asked for the link.
 */
@Component
class WaitingCookie {
    private final String name;
    private final boolean secure;

    WaitingCookie(LatchkeyProperties properties) {
        this.secure = properties.https();
        this.name = secure ? "__Host-latchkey-link" : "latchkey-link";
    }

    Optional<LinkId> of(ServerWebExchange exchange) {
        var cookie = exchange.getRequest().getCookies().getFirst(name);
        try {
            return cookie == null ? Optional.empty() : Optional.of(LinkId.parse(cookie.getValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void set(LinkId link, ServerWebExchange exchange) {
        exchange.getResponse()
                .addCookie(
                        ResponseCookie.from(name, link.toString())
                                .httpOnly(true)
                                .secure(secure)
                                .sameSite("Lax")
                                .path("/")
                                .build());
    }
}
