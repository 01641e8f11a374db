package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.ConfirmRedirect;
import io.latchkey.auth.link.RequestLinkAgain;
import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.platform.SameOrigin;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Sends again what a waiting page waits for. */
@Controller
class SendAgainController {
    private final WaitingLinks links;
    private final RequestLinkAgain requestAgain;
    private final AskedFor askedFor;
    private final Visitors visitors;
    private final ConfirmRedirect redirects;

    SendAgainController(
            WaitingLinks links,
            RequestLinkAgain requestAgain,
            AskedFor askedFor,
            Visitors visitors,
            ConfirmRedirect redirects) {
        this.links = links;
        this.requestAgain = requestAgain;
        this.askedFor = askedFor;
        this.visitors = visitors;
        this.redirects = redirects;
    }

    /** {@code POST /code/again}: a fresh link with all that the first was bound to. */
    @PostMapping("/code/again")
    Mono<ResponseEntity<String>> again(ServerWebExchange exchange) {
        SameOrigin.require(exchange, redirects.origin());
        return links.ofForm(exchange)
                .flatMap(
                        waiting ->
                                requestAgain
                                        .request(waiting.link(), visitors.of(exchange))
                                        .flatMap(
                                                result ->
                                                        askedFor.answer(
                                                                result, waiting.app(), exchange)))
                .switchIfEmpty(Mono.fromSupplier(() -> WaitingLinks.start(exchange)));
    }
}
