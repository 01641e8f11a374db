package io.latchkey.auth.oauth.web;

import io.latchkey.auth.oauth.SignOut;
import io.latchkey.auth.oauth.SignOutRequest;
import io.latchkey.auth.oauth.SignOutRequests;
import io.latchkey.auth.pages.Page;
import io.latchkey.auth.pages.Pages;
import io.latchkey.auth.platform.SameOrigin;
import io.latchkey.auth.platform.SeeOther;
import io.latchkey.auth.problem.RequestId;
import io.latchkey.auth.session.EndSession;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.session.HostedSessions;
import io.latchkey.auth.token.IdTokens.Hint;
import io.latchkey.auth.token.Issuer;
import io.latchkey.events.EndReason;
import java.net.URI;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Sign-out that an app begins. With an id token of ours it is done at once; without, anybody could
 * have sent the browser here, so the person is asked.
 *
 * @see <a href="https://openid.net/specs/openid-connect-rpinitiated-1_0.html">OpenID Connect
 *     RP-Initiated Logout 1.0</a>
 */
@RestController
class SignOutController {
    private static final String PATH = "/oauth2/logout";
    private static final String CONFIRM = PATH + "/confirm";
    private static final URI DONE = URI.create("/sign-out");
    private final SignOutRequests requests;
    private final SignOut signOut;
    private final HostedSessions hostedSessions;
    private final EndSession endSession;
    private final Pages pages;
    private final Issuer issuer;

    SignOutController(
            SignOutRequests requests,
            SignOut signOut,
            HostedSessions hostedSessions,
            EndSession endSession,
            Pages pages,
            Issuer issuer) {
        this.requests = requests;
        this.signOut = signOut;
        this.hostedSessions = hostedSessions;
        this.endSession = endSession;
        this.pages = pages;
        this.issuer = issuer;
    }

    /** {@code GET /oauth2/logout}: 303 to where the app wants, or the page that asks. */
    @GetMapping(PATH)
    Mono<ResponseEntity<String>> signOut(ServerWebExchange exchange) {
        var query = exchange.getRequest().getQueryParams();
        return requests.read(query)
                .flatMap(
                        request ->
                                request.hint()
                                        .map(hint -> end(hint, request, exchange))
                                        .orElseGet(() -> ask(request, query, exchange)));
    }

    /**
     * {@code POST /oauth2/logout}: likewise. Where the person is to be asked, by way of a GET: what
     * another site posts comes without our cookies.
     */
    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<String>> post(ServerWebExchange exchange) {
        return exchange.getFormData()
                .flatMap(
                        form ->
                                requests.read(form)
                                        .flatMap(
                                                request ->
                                                        request.hint()
                                                                .map(
                                                                        hint ->
                                                                                end(
                                                                                        hint,
                                                                                        request,
                                                                                        exchange))
                                                                .orElseGet(() -> askByGet(form))));
    }

    /** {@code POST /oauth2/logout/confirm}: the page's button; signs out of every app here. */
    @PostMapping(path = CONFIRM, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<String>> confirm(ServerWebExchange exchange) {
        SameOrigin.require(exchange, issuer.value());
        return requests.read(exchange.getRequest().getQueryParams())
                .flatMap(
                        request ->
                                hostedSessions
                                        .of(exchange)
                                        .flatMap(
                                                session ->
                                                        endSession.end(
                                                                new Ending(
                                                                        new Ending.OfBrowser(
                                                                                session.id()),
                                                                        EndReason.SIGNED_OUT,
                                                                        RequestId.of(exchange))))
                                        .then(Mono.fromSupplier(() -> done(request, exchange))));
    }

    private Mono<ResponseEntity<String>> end(
            Hint hint, SignOutRequest request, ServerWebExchange exchange) {
        return signOut.signOut(hint, RequestId.of(exchange))
                .then(Mono.defer(() -> hostedSessions.of(exchange).hasElement()))
                .map(
                        alive ->
                                alive
                                        ? SeeOther.to(request.target().orElse(DONE))
                                        : done(request, exchange));
    }

    private ResponseEntity<String> done(SignOutRequest request, ServerWebExchange exchange) {
        hostedSessions.forget(exchange);
        return SeeOther.to(request.target().orElse(DONE));
    }

    private Mono<ResponseEntity<String>> ask(
            SignOutRequest request,
            MultiValueMap<String, String> query,
            ServerWebExchange exchange) {
        var asks = Page.of("sign-out").with("action", CONFIRM + "?" + Query.of(withoutHint(query)));
        var page = request.target().map(uri -> asks.formsLeadTo(uri.toString())).orElse(asks);
        return hostedSessions
                .of(exchange)
                .flatMap(_ -> pages.render(page, exchange))
                // Nobody is signed in here: nothing to ask, and nobody to be sent anywhere.
                .switchIfEmpty(Mono.fromSupplier(() -> SeeOther.to(DONE)));
    }

    private static Mono<ResponseEntity<String>> askByGet(MultiValueMap<String, String> form) {
        return Mono.just(SeeOther.to(URI.create(PATH + "?" + Query.of(withoutHint(form)))));
    }

    private static MultiValueMap<String, String> withoutHint(MultiValueMap<String, String> sent) {
        var kept = new LinkedMultiValueMap<String, String>();
        for (var name : List.of("client_id", "post_logout_redirect_uri", "state", "ui_locales")) {
            var value = sent.getFirst(name);
            if (value != null) {
                kept.add(name, value);
            }
        }
        return kept;
    }
}
