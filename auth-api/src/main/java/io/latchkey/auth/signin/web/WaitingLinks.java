package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.link.OpenLink;
import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.platform.SeeOther;
import io.latchkey.events.LinkId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Finds the link that a browser has asked for on a page of ours and waits for. A page names its
 * own, so that each of several tabs goes on with its link; the newest is meant where none is named.
 */
@Component
class WaitingLinks {
    /** A field of the page's forms, and a parameter of its events; no secret. */
    static final String NAME = "link_id";

    private final WaitingCookie cookie;
    private final OpenLink openLink;
    private final AppRegistry apps;
    private final Visitors visitors;

    WaitingLinks(WaitingCookie cookie, OpenLink openLink, AppRegistry apps, Visitors visitors) {
        this.cookie = cookie;
        this.openLink = openLink;
        this.apps = apps;
        this.visitors = visitors;
    }

    /** Empty where there is none, or another browser asked for it. */
    Mono<Waiting> of(ServerWebExchange exchange) {
        return of(exchange.getRequest().getQueryParams().getFirst(NAME), exchange);
    }

    /** Likewise of a form of the page. */
    Mono<Waiting> ofForm(ServerWebExchange exchange) {
        return exchange.getFormData().flatMap(form -> of(form.getFirst(NAME), exchange));
    }

    private Mono<Waiting> of(@Nullable String named, ServerWebExchange exchange) {
        var browser = visitors.of(exchange).browser();
        return Mono.justOrEmpty(named == null ? cookie.of(exchange) : parse(named))
                .flatMap(openLink::find)
                .filter(link -> browser.equals(link.askedBy()))
                .flatMap(link -> apps.find(link.appId()).map(app -> new Waiting(link, app)));
    }

    private static Optional<LinkId> parse(String text) {
        try {
            return Optional.of(LinkId.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where a browser goes that waits for nothing. */
    static ResponseEntity<String> start(ServerWebExchange exchange) {
        return SeeOther.to("/sign-in" + SignInRequests.query(exchange));
    }
}
