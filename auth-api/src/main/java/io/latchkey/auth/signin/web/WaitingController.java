package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.link.CodeResult;
import io.latchkey.auth.link.CodeResult.Confirmed;
import io.latchkey.auth.link.ConfirmByCode;
import io.latchkey.auth.link.ConfirmRedirect;
import io.latchkey.auth.link.Link;
import io.latchkey.auth.link.RequestLinkAgain;
import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.platform.SameOrigin;
import io.latchkey.auth.signin.WaitingRoom;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

/**
 * The page of whoever waits for the mail. It tells what becomes of it, takes the six-digit code,
 * and sends again; a link pressed elsewhere signs nobody in here (S3).
 */
@Controller
class WaitingController {
    private final WaitingLinks links;
    private final WaitingRoom room;
    private final AppRegistry apps;
    private final WaitingPages pages;
    private final ConfirmByCode confirmByCode;
    private final SignedIn signedIn;
    private final RequestLinkAgain requestAgain;
    private final AskedFor askedFor;
    private final Visitors visitors;
    private final ConfirmRedirect redirects;

    WaitingController(
            WaitingLinks links,
            WaitingRoom room,
            AppRegistry apps,
            WaitingPages pages,
            ConfirmByCode confirmByCode,
            SignedIn signedIn,
            RequestLinkAgain requestAgain,
            AskedFor askedFor,
            Visitors visitors,
            ConfirmRedirect redirects) {
        this.links = links;
        this.room = room;
        this.apps = apps;
        this.pages = pages;
        this.confirmByCode = confirmByCode;
        this.signedIn = signedIn;
        this.requestAgain = requestAgain;
        this.askedFor = askedFor;
        this.visitors = visitors;
        this.redirects = redirects;
    }

    /**
     * {@code GET /code}: how the link stands that this browser asked for; 303 where it has none.
     */
    @GetMapping("/code")
    Mono<ResponseEntity<String>> show(ServerWebExchange exchange) {
        return waiting(exchange)
                .flatMap(
                        both ->
                                room.state(both.getT1().id())
                                        .flatMap(
                                                state ->
                                                        pages.page(
                                                                both.getT1(),
                                                                both.getT2(),
                                                                state,
                                                                exchange)))
                .switchIfEmpty(Mono.fromSupplier(() -> start(exchange)));
    }

    /** {@code POST /code}: the six digits. 303 as for the button, or the form once more. */
    @PostMapping("/code")
    Mono<ResponseEntity<String>> confirm(ServerWebExchange exchange) {
        SameOrigin.require(exchange, redirects.origin());
        return waiting(exchange)
                .flatMap(
                        both ->
                                typedCode(exchange)
                                        .flatMap(
                                                typed ->
                                                        confirmByCode.confirm(
                                                                both.getT1(),
                                                                typed,
                                                                visitors.of(exchange)))
                                        .flatMap(
                                                result ->
                                                        answer(
                                                                result,
                                                                both.getT1(),
                                                                both.getT2(),
                                                                exchange)))
                .switchIfEmpty(Mono.fromSupplier(() -> start(exchange)));
    }

    private Mono<ResponseEntity<String>> answer(
            CodeResult result, Link link, App app, ServerWebExchange exchange) {
        return result instanceof Confirmed(var confirmed)
                ? signedIn.answer(confirmed, exchange)
                : room.state(link.id())
                        .flatMap(state -> pages.refused(link, app, state, result, exchange));
    }

    private static Mono<String> typedCode(ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(form -> Objects.requireNonNullElse(form.getFirst("code"), ""));
    }

    /** {@code POST /code/again}: a fresh link with all that the first was bound to. */
    @PostMapping("/code/again")
    Mono<ResponseEntity<String>> again(ServerWebExchange exchange) {
        SameOrigin.require(exchange, redirects.origin());
        return waiting(exchange)
                .flatMap(
                        both ->
                                requestAgain
                                        .request(both.getT1(), visitors.of(exchange))
                                        .flatMap(
                                                result ->
                                                        askedFor.answer(
                                                                result, both.getT2(), exchange)))
                .switchIfEmpty(Mono.fromSupplier(() -> start(exchange)));
    }

    private Mono<Tuple2<Link, App>> waiting(ServerWebExchange exchange) {
        return links.of(exchange).zipWhen(link -> apps.find(link.appId()));
    }

    private static ResponseEntity<String> start(ServerWebExchange exchange) {
        return AskedFor.seeOther("/sign-in" + SignInRequests.query(exchange));
    }
}
