package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.link.RequestResult;
import io.latchkey.auth.link.RequestResult.Accepted;
import io.latchkey.auth.link.RequestResult.KeyConflict;
import io.latchkey.auth.link.RequestResult.RateLimited;
import io.latchkey.auth.link.RequestResult.RedirectNotAllowed;
import io.latchkey.auth.link.RequestResult.SignUpClosed;
import io.latchkey.auth.pages.Page;
import io.latchkey.auth.pages.Pages;
import io.latchkey.auth.platform.SeeOther;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What a browser is answered that has asked for a link, whether for the first time or again. */
@Component
class AskedFor {
    private final Pages pages;
    private final WaitingCookie cookie;

    AskedFor(Pages pages, WaitingCookie cookie) {
        this.pages = pages;
        this.cookie = cookie;
    }

    /** 303 to the waiting page, or the page that says why not. */
    Mono<ResponseEntity<String>> answer(RequestResult result, App app, ServerWebExchange exchange) {
        return switch (result) {
            case Accepted(var link, _, _) -> {
                cookie.set(link, exchange);
                yield Mono.just(SeeOther.to("/code" + SignInRequests.query(exchange)));
            }
            case SignUpClosed _ -> closed(app, exchange);
            case RateLimited(var budget) -> limited(budget.retryAfter(), app, exchange);
            case RedirectNotAllowed _ ->
                    Mono.error(
                            Problem.of(
                                    ProblemCode.REDIRECT_URI_NOT_ALLOWED,
                                    "The app does not register this redirect URI any more."));
            case KeyConflict _ -> Mono.error(new IllegalStateException("no key was given"));
        };
    }

    /** The same for every address. */
    Mono<ResponseEntity<String>> closed(App app, ServerWebExchange exchange) {
        var page =
                Page.of("notice")
                        .status(HttpStatus.FORBIDDEN)
                        .app(app)
                        .with("notice", "closed")
                        .with("next", "/sign-in" + SignInRequests.query(exchange));
        return pages.render(page, exchange);
    }

    /** The same for known and unknown addresses; in minutes, rounded up. */
    private Mono<ResponseEntity<String>> limited(
            Duration pause, App app, ServerWebExchange exchange) {
        var page =
                Page.of("notice")
                        .status(HttpStatus.TOO_MANY_REQUESTS)
                        .app(app)
                        .retryAfter(pause.plusSeconds(1))
                        .with("notice", "limited")
                        .with("argument", pause.toMinutes() + 1)
                        .with("next", "/sign-in" + SignInRequests.query(exchange));
        return pages.render(page, exchange);
    }
}
