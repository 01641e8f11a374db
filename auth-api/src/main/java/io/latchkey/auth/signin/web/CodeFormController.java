package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.CodeResult;
import io.latchkey.auth.link.CodeResult.Confirmed;
import io.latchkey.auth.link.ConfirmByCode;
import io.latchkey.auth.link.ConfirmRedirect;
import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.platform.SameOrigin;
import io.latchkey.auth.signin.WaitingRoom;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes the six-digit code in the window that asked. */
@Controller
class CodeFormController {
    private final WaitingLinks links;
    private final WaitingRoom room;
    private final WaitingPages pages;
    private final ConfirmByCode confirmByCode;
    private final SignedIn signedIn;
    private final Visitors visitors;
    private final ConfirmRedirect redirects;

    CodeFormController(
            WaitingLinks links,
            WaitingRoom room,
            WaitingPages pages,
            ConfirmByCode confirmByCode,
            SignedIn signedIn,
            Visitors visitors,
            ConfirmRedirect redirects) {
        this.links = links;
        this.room = room;
        this.pages = pages;
        this.confirmByCode = confirmByCode;
        this.signedIn = signedIn;
        this.visitors = visitors;
        this.redirects = redirects;
    }

    /** {@code POST /code}: the six digits. 303 as for the button, or the form once more. */
    @PostMapping("/code")
    Mono<ResponseEntity<String>> confirm(ServerWebExchange exchange) {
        SameOrigin.require(exchange, redirects.origin());
        return links.ofForm(exchange)
                .flatMap(waiting -> confirm(waiting, exchange))
                .switchIfEmpty(Mono.fromSupplier(() -> WaitingLinks.start(exchange)));
    }

    private Mono<ResponseEntity<String>> confirm(Waiting waiting, ServerWebExchange exchange) {
        return typedCode(exchange)
                .flatMap(
                        typed ->
                                confirmByCode.confirm(waiting.link(), typed, visitors.of(exchange)))
                .flatMap(result -> answer(result, waiting, exchange));
    }

    private Mono<ResponseEntity<String>> answer(
            CodeResult result, Waiting waiting, ServerWebExchange exchange) {
        return result instanceof Confirmed(var confirmed)
                ? signedIn.answer(confirmed, exchange)
                : room.state(waiting.link().id())
                        .flatMap(state -> pages.refused(waiting, state, result, exchange));
    }

    private static Mono<String> typedCode(ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(form -> Objects.requireNonNullElse(form.getFirst("code"), ""));
    }
}
