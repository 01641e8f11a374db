package io.latchkey.auth.oauth.web;

import io.latchkey.auth.link.Visitors;
import io.latchkey.auth.oauth.AnswerAuthorization;
import io.latchkey.auth.oauth.Authorization.Answered;
import io.latchkey.auth.oauth.Authorization.PersonNeeded;
import io.latchkey.auth.oauth.AuthorizationReading.Refused;
import io.latchkey.auth.oauth.AuthorizationReading.Valid;
import io.latchkey.auth.oauth.AuthorizationRequest;
import io.latchkey.auth.oauth.AuthorizationRequests;
import io.latchkey.auth.platform.SeeOther;
import io.latchkey.auth.session.HostedSessions;
import io.latchkey.auth.token.Issuer;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The authorization endpoint. It shows nothing itself: the browser goes back to the app, or on to
 * the page that asks.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#AuthorizationEndpoint">OpenID
 *     Connect Core §3.1.2</a>
 */
@RestController
class AuthorizationController {
    private final AuthorizationRequests requests;
    private final AnswerAuthorization answerAuthorization;
    private final HostedSessions hostedSessions;
    private final Visitors visitors;
    private final String home;

    AuthorizationController(
            AuthorizationRequests requests,
            AnswerAuthorization answerAuthorization,
            HostedSessions hostedSessions,
            Visitors visitors,
            Issuer issuer) {
        this.requests = requests;
        this.answerAuthorization = answerAuthorization;
        this.hostedSessions = hostedSessions;
        this.visitors = visitors;
        this.home = issuer.value();
    }

    /**
     * {@code GET /oauth2/authorize}: 303 to the app with a code or an error, or to {@code /sign-in}
     * with the same parameters.
     */
    @GetMapping("/oauth2/authorize")
    Mono<ResponseEntity<Void>> authorize(ServerWebExchange exchange) {
        return requests.read(exchange)
                .flatMap(
                        reading ->
                                switch (reading) {
                                    case Valid(var request) -> answer(request, exchange);
                                    case Refused(var location) -> Mono.just(location);
                                })
                .map(SeeOther::to);
    }

    /**
     * {@code POST /oauth2/authorize}: 303 to the same as a GET. A browser that another site makes
     * post leaves our cookie at home; following the redirect, it brings it.
     */
    @PostMapping(path = "/oauth2/authorize", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<Void>> post(ServerWebExchange exchange) {
        return exchange.getFormData()
                .map(form -> SeeOther.to(URI.create(home + "/oauth2/authorize?" + Query.of(form))));
    }

    private Mono<URI> answer(AuthorizationRequest request, ServerWebExchange exchange) {
        return hostedSessions
                .of(exchange)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(
                        hosted ->
                                answerAuthorization.answer(request, hosted, visitors.of(exchange)))
                .map(
                        authorization ->
                                switch (authorization) {
                                    case Answered(var location) -> location;
                                    case PersonNeeded _ -> signInPage(exchange);
                                });
    }

    /** The parameters hold no secret: whoever makes up others gets what they say, and no more. */
    private URI signInPage(ServerWebExchange exchange) {
        var query = Objects.requireNonNullElse(exchange.getRequest().getURI().getRawQuery(), "");
        return URI.create(home + "/sign-in?" + query);
    }
}
