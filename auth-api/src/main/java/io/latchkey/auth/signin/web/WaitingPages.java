package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.CodeResult;
import io.latchkey.auth.link.CodeResult.Blocked;
import io.latchkey.auth.link.CodeResult.Confirmed;
import io.latchkey.auth.link.CodeResult.Dead;
import io.latchkey.auth.link.CodeResult.Malformed;
import io.latchkey.auth.link.CodeResult.Wrong;
import io.latchkey.auth.link.WaitingState;
import io.latchkey.auth.pages.Page;
import io.latchkey.auth.pages.Pages;
import io.latchkey.events.LinkId;
import java.util.Arrays;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The waiting page. */
@Component
class WaitingPages {
    private final Pages pages;

    WaitingPages(Pages pages) {
        this.pages = pages;
    }

    Mono<ResponseEntity<String>> page(
            Waiting waiting, WaitingState state, ServerWebExchange exchange) {
        return pages.render(draw(waiting, state, exchange), exchange);
    }

    /** The same, with what was wrong with the code; of a link at its end, that alone. */
    Mono<ResponseEntity<String>> refused(
            Waiting waiting, WaitingState state, CodeResult result, ServerWebExchange exchange) {
        var page = draw(waiting, state, exchange);
        return pages.render(
                switch (result) {
                    case Wrong(var triesLeft) ->
                            page.status(HttpStatus.BAD_REQUEST)
                                    .with("problem", "wrong")
                                    .with("tries", triesLeft);
                    case Malformed _ ->
                            page.status(HttpStatus.BAD_REQUEST).with("problem", "malformed");
                    case Blocked _ -> page.status(HttpStatus.FORBIDDEN).with("problem", "blocked");
                    case Dead _, Confirmed _ -> page.status(HttpStatus.GONE);
                },
                exchange);
    }

    private static Page draw(Waiting waiting, WaitingState state, ServerWebExchange exchange) {
        var link = waiting.link();
        var app = waiting.app();
        var query = SignInRequests.query(exchange);
        return Page.of("code")
                .app(app)
                .formsLeadTo(link.redirectUri())
                .script("waiting")
                .with("link", link.id())
                .with("address", link.emailMasked())
                .with("state", state.toString())
                .with("states", Arrays.stream(WaitingState.values()).map(Enum::toString).toList())
                .with("open", state.takesCodes())
                .with("self", "/code" + query)
                .with("look", look(link.id(), query))
                .with("again", "/code/again" + query)
                .with("other", app.builtIn() || !query.isEmpty() ? "/sign-in" + query : null);
    }

    private static String look(LinkId link, String query) {
        var own = WaitingLinks.NAME + "=" + link;
        return "/code" + (query.isEmpty() ? "?" : query + "&") + own;
    }
}
