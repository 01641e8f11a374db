package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.link.WaitingState;
import io.latchkey.auth.pages.Page;
import io.latchkey.auth.pages.Pages;
import java.util.Arrays;
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
            Link link, App app, WaitingState state, ServerWebExchange exchange) {
        return pages.render(waiting(link, app, state, exchange), exchange);
    }

    private static Page waiting(
            Link link, App app, WaitingState state, ServerWebExchange exchange) {
        var query = SignInRequests.query(exchange);
        return Page.of("code")
                .app(app)
                .formsLeadTo(link.redirectUri())
                .script("waiting")
                .with("address", link.emailMasked())
                .with("state", state.toString())
                .with("states", Arrays.stream(WaitingState.values()).map(Enum::toString).toList())
                .with("open", state.takesCodes())
                .with("self", "/code" + query)
                .with("again", "/code/again" + query)
                .with("other", app.builtIn() || !query.isEmpty() ? "/sign-in" + query : null);
    }
}
