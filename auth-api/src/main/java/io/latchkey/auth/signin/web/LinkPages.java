package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.pages.Languages;
import io.latchkey.auth.pages.Page;
import io.latchkey.auth.pages.Pages;
import io.latchkey.auth.pages.Times;
import io.latchkey.auth.problem.Problem;
import io.latchkey.rendering.Browser;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What the mailed link shows: the page with the button, or why there is none. */
@Component
class LinkPages {
    private final Pages pages;

    LinkPages(Pages pages) {
        this.pages = pages;
    }

    /**
     * @param demand what this browser has to do before the button works
     * @param wrong whether it has just typed another address
     */
    Mono<ResponseEntity<String>> confirm(
            Link link, App app, App.SameBrowser demand, boolean wrong, ServerWebExchange exchange) {
        var device =
                Optional.ofNullable(link.userAgent())
                        .flatMap(Browser::of)
                        .map(Browser::toString)
                        .orElse(null);
        var page =
                Page.of("confirm")
                        .status(status(demand, wrong))
                        .app(app)
                        .formsLeadTo(link.redirectUri())
                        .with("address", link.emailMasked())
                        .with("place", link.ip())
                        .with("device", device)
                        .with("moment", link.createdAt().toString())
                        .with("time", Times.of(link.createdAt(), Languages.of(exchange)))
                        .with("typeAddress", demand == App.SameBrowser.CONFIRM)
                        .with("refused", demand == App.SameBrowser.REQUIRED)
                        .with("wrong", wrong);
        return pages.render(page, exchange);
    }

    /** Says why, and offers to send a fresh one to the same address (S5: it is genuine). */
    Mono<ResponseEntity<String>> dead(
            Link link, App app, String token, ServerWebExchange exchange) {
        Problem why = DeadLink.problem(link);
        var page =
                Page.of("dead-link")
                        .status(why.code().status())
                        .app(app)
                        .with("code", why.code().code())
                        .with("address", link.emailMasked())
                        .with("action", "/l/" + token + "/again");
        return pages.render(page, exchange);
    }

    private static HttpStatus status(App.SameBrowser demand, boolean wrong) {
        return wrong || demand == App.SameBrowser.REQUIRED ? HttpStatus.FORBIDDEN : HttpStatus.OK;
    }
}
