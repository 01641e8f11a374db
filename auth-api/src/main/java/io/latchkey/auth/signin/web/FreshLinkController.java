package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.link.ConfirmRedirect;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.link.OpenLink;
import io.latchkey.auth.link.RequestLinkAgain;
import io.latchkey.auth.link.Visitor;
import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.platform.SameOrigin;
import io.latchkey.auth.platform.SeeOther;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The button on the page of a dead link. */
@Controller
class FreshLinkController {
    private final OpenLink openLink;
    private final RequestLinkAgain requestAgain;
    private final AppRegistry apps;
    private final Visitors visitors;
    private final AskedFor askedFor;
    private final ConfirmRedirect redirects;

    FreshLinkController(
            OpenLink openLink,
            RequestLinkAgain requestAgain,
            AppRegistry apps,
            Visitors visitors,
            AskedFor askedFor,
            ConfirmRedirect redirects) {
        this.openLink = openLink;
        this.requestAgain = requestAgain;
        this.apps = apps;
        this.visitors = visitors;
        this.askedFor = askedFor;
        this.redirects = redirects;
    }

    /** {@code POST /l/{token}/again}: a fresh link to the address of one that is at its end. */
    @PostMapping("/l/{token}/again")
    Mono<ResponseEntity<String>> again(@PathVariable String token, ServerWebExchange exchange) {
        SameOrigin.require(exchange, redirects.origin());
        var visitor = visitors.of(exchange);
        return openLink.open(token, visitor)
                .switchIfEmpty(Mono.error(DeadLink::unknown))
                .flatMap(
                        link ->
                                link.alive()
                                        ? Mono.just(SeeOther.to("/l/" + token))
                                        : again(link, visitor, exchange));
    }

    private Mono<ResponseEntity<String>> again(
            Link link, Visitor visitor, ServerWebExchange exchange) {
        return requestAgain
                .request(link, visitor)
                .zipWith(apps.find(link.appId()))
                .flatMap(both -> askedFor.answer(both.getT1(), both.getT2(), exchange))
                // Its app or its user is gone.
                .switchIfEmpty(Mono.error(DeadLink::unknown));
    }
}
