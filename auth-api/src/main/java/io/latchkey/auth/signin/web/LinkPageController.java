package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.link.ConfirmLink;
import io.latchkey.auth.link.ConfirmRedirect;
import io.latchkey.auth.link.ConfirmResult;
import io.latchkey.auth.link.ConfirmResult.AddressNeeded;
import io.latchkey.auth.link.ConfirmResult.Confirmed;
import io.latchkey.auth.link.ConfirmResult.Dead;
import io.latchkey.auth.link.ConfirmResult.Unknown;
import io.latchkey.auth.link.ConfirmResult.WrongBrowser;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.link.OpenLink;
import io.latchkey.auth.link.Visitor;
import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.platform.SameOrigin;
import io.latchkey.auth.problem.PagePreference;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The page that the mail leads to. Fetching it changes nothing, however often and by whomever (S2);
 * its button consumes the link.
 */
@Controller
class LinkPageController {
    private final OpenLink openLink;
    private final ConfirmLink confirmLink;
    private final AppRegistry apps;
    private final Visitors visitors;
    private final LinkPages pages;
    private final SignedIn signedIn;
    private final ConfirmRedirect redirects;

    LinkPageController(
            OpenLink openLink,
            ConfirmLink confirmLink,
            AppRegistry apps,
            Visitors visitors,
            LinkPages pages,
            SignedIn signedIn,
            ConfirmRedirect redirects) {
        this.openLink = openLink;
        this.confirmLink = confirmLink;
        this.apps = apps;
        this.visitors = visitors;
        this.pages = pages;
        this.signedIn = signedIn;
        this.redirects = redirects;
    }

    /** {@code GET|HEAD /l/{token}}: names app and address, and holds one button. */
    @GetMapping("/l/{token}")
    Mono<ResponseEntity<String>> show(@PathVariable String token, ServerWebExchange exchange) {
        var visitor = visitors.of(exchange);
        return openLink.open(token, visitor)
                .flatMap(link -> show(link, token, visitor, exchange))
                .switchIfEmpty(Mono.error(DeadLink::unknown));
    }

    private Mono<ResponseEntity<String>> show(
            Link link, String token, Visitor visitor, ServerWebExchange exchange) {
        return link.alive()
                ? confirmLink
                        .demand(link, visitor)
                        .flatMap(demand -> page(link, demand, false, exchange))
                : dead(link, token, exchange);
    }

    /** {@code POST /l/{token}}: the button. 303 with a code, or the page that says why not. */
    @PostMapping("/l/{token}")
    Mono<ResponseEntity<String>> confirm(@PathVariable String token, ServerWebExchange exchange) {
        SameOrigin.require(exchange, redirects.origin());
        var visitor = visitors.of(exchange);
        return typedAddress(exchange)
                .flatMap(typed -> confirmLink.confirm(token, visitor, typed))
                .flatMap(result -> answer(result, token, exchange));
    }

    private Mono<ResponseEntity<String>> answer(
            ConfirmResult result, String token, ServerWebExchange exchange) {
        return switch (result) {
            case Confirmed(var link) -> signedIn.answer(link, exchange);
            case Dead(var link) -> dead(link, token, exchange);
            case Unknown _ -> Mono.error(DeadLink.unknown());
            case AddressNeeded(var link, var wrong) ->
                    page(link, App.SameBrowser.CONFIRM, wrong, exchange);
            case WrongBrowser(var link) -> page(link, App.SameBrowser.REQUIRED, false, exchange);
        };
    }

    private Mono<ResponseEntity<String>> page(
            Link link, App.SameBrowser demand, boolean wrong, ServerWebExchange exchange) {
        return apps.find(link.appId())
                .flatMap(app -> pages.confirm(link, app, demand, wrong, exchange));
    }

    /** A page for people, a problem for programs. */
    private Mono<ResponseEntity<String>> dead(Link link, String token, ServerWebExchange exchange) {
        return Mono.just(link)
                .filter(_ -> PagePreference.of(exchange.getRequest()))
                .flatMap(_ -> apps.find(link.appId()))
                .flatMap(app -> pages.dead(link, app, token, exchange))
                .switchIfEmpty(Mono.error(() -> DeadLink.problem(link)));
    }

    private static Mono<Optional<String>> typedAddress(ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(form -> Optional.ofNullable(form.getFirst("email")).filter(e -> !e.isBlank()));
    }
}
