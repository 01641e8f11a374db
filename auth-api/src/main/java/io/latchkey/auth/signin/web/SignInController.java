package io.latchkey.auth.signin.web;

import io.latchkey.auth.link.ConfirmRedirect;
import io.latchkey.auth.pages.Page;
import io.latchkey.auth.pages.Pages;
import io.latchkey.auth.platform.SameOrigin;
import io.latchkey.auth.platform.SeeOther;
import io.latchkey.auth.session.HostedSessions;
import io.latchkey.events.EmailAddress;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Asks for the address. Known, unknown and blocked ones are answered alike (S11). */
@Controller
class SignInController {
    private final SignInRequests requests;
    private final HostedSessions hostedSessions;
    private final LinkFromForm linkFromForm;
    private final Pages pages;
    private final AskedFor askedFor;
    private final ConfirmRedirect redirects;

    SignInController(
            SignInRequests requests,
            HostedSessions hostedSessions,
            LinkFromForm linkFromForm,
            Pages pages,
            AskedFor askedFor,
            ConfirmRedirect redirects) {
        this.requests = requests;
        this.hostedSessions = hostedSessions;
        this.linkFromForm = linkFromForm;
        this.pages = pages;
        this.askedFor = askedFor;
        this.redirects = redirects;
    }

    /**
     * {@code GET /sign-in}: the form; with the parameters of an authorization request, its app's.
     */
    @GetMapping("/sign-in")
    Mono<ResponseEntity<String>> signIn(ServerWebExchange exchange) {
        return show(SignInKind.SIGN_IN, exchange);
    }

    /** {@code GET /sign-up}: likewise, for those who have no account yet. */
    @GetMapping("/sign-up")
    Mono<ResponseEntity<String>> signUp(ServerWebExchange exchange) {
        return show(SignInKind.SIGN_UP, exchange);
    }

    /** {@code POST /sign-in}: mails a link, then 303 to the waiting page. */
    @PostMapping("/sign-in")
    Mono<ResponseEntity<String>> askToSignIn(ServerWebExchange exchange) {
        return ask(SignInKind.SIGN_IN, exchange);
    }

    /** {@code POST /sign-up}: likewise; 403 where sign-up is closed, whatever the address. */
    @PostMapping("/sign-up")
    Mono<ResponseEntity<String>> askToSignUp(ServerWebExchange exchange) {
        return ask(SignInKind.SIGN_UP, exchange);
    }

    /** Whoever is signed in on our pages is shown them, unless an app wants him asked. */
    private Mono<ResponseEntity<String>> show(SignInKind kind, ServerWebExchange exchange) {
        return Mono.just(exchange)
                .filter(e -> !SignInRequests.isOfApp(e))
                .flatMap(hostedSessions::of)
                .map(_ -> SeeOther.<String>to("/account"))
                .switchIfEmpty(
                        Mono.defer(() -> requests.answer(exchange, r -> show(kind, r, exchange))));
    }

    private Mono<ResponseEntity<String>> show(
            SignInKind kind, SignInRequest request, ServerWebExchange exchange) {
        return kind == SignInKind.SIGN_UP && !request.app().signUpOpen()
                ? askedFor.closed(request.app(), exchange)
                : form(kind, request, request.loginHint(), false, exchange);
    }

    private Mono<ResponseEntity<String>> ask(SignInKind kind, ServerWebExchange exchange) {
        SameOrigin.require(exchange, redirects.origin());
        return exchange.getFormData()
                .map(form -> Objects.requireNonNullElse(form.getFirst("email"), ""))
                .flatMap(typed -> requests.answer(exchange, r -> ask(kind, r, typed, exchange)));
    }

    private Mono<ResponseEntity<String>> ask(
            SignInKind kind, SignInRequest request, String typed, ServerWebExchange exchange) {
        return address(typed)
                .map(email -> linkFromForm.ask(kind, request, email, exchange))
                .orElseGet(() -> form(kind, request, typed, true, exchange));
    }

    private Mono<ResponseEntity<String>> form(
            SignInKind kind,
            SignInRequest request,
            @Nullable String email,
            boolean wrong,
            ServerWebExchange exchange) {
        var query = SignInRequests.query(exchange);
        var otherWay = kind == SignInKind.SIGN_UP || request.app().signUpOpen();
        var page =
                Page.of("sign-in")
                        .status(wrong ? HttpStatus.BAD_REQUEST : HttpStatus.OK)
                        .app(request.app())
                        .with("kind", kind.words())
                        .with("action", kind.path() + query)
                        .with("email", email)
                        .with("wrong", wrong)
                        .with("other", otherWay ? kind.other().path() + query : null);
        return pages.render(mayLeadBack(page, request), exchange);
    }

    /** Somebody else than the app means is sent back to it by the form's answer. */
    private static Page mayLeadBack(Page page, SignInRequest request) {
        return request.idTokenHint() == null ? page : page.formsLeadTo(request.redirectUri());
    }

    private static Optional<EmailAddress> address(String typed) {
        try {
            return Optional.of(EmailAddress.parse(typed.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
