package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.Link;
import io.latchkey.auth.link.OpenLink;
import io.latchkey.auth.link.Visitors;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Finds the link that a browser has asked for on a page of ours and waits for. */
@Component
class WaitingLinks {
    private final WaitingCookie cookie;
    private final OpenLink openLink;
    private final Visitors visitors;

    WaitingLinks(WaitingCookie cookie, OpenLink openLink, Visitors visitors) {
        this.cookie = cookie;
        this.openLink = openLink;
        this.visitors = visitors;
    }

    /** Empty where there is none, or another browser asked for it. */
    Mono<Link> of(ServerWebExchange exchange) {
        var browser = visitors.of(exchange).browser();
        return Mono.justOrEmpty(cookie.of(exchange))
                .flatMap(openLink::find)
                .filter(link -> browser.equals(link.askedBy()));
    }
}
