package io.latchkey.auth.oauth.web;

import io.latchkey.auth.oauth.IntrospectToken;
import io.latchkey.auth.oauth.Introspection;
import io.latchkey.auth.oauth.RevokeToken;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What an app's tokens are worth, and their end. */
@RestController
class TokenStateController {
    private final TokenClients clients;
    private final IntrospectToken introspectToken;
    private final RevokeToken revokeToken;

    TokenStateController(
            TokenClients clients, IntrospectToken introspectToken, RevokeToken revokeToken) {
        this.clients = clients;
        this.introspectToken = introspectToken;
        this.revokeToken = revokeToken;
    }

    /**
     * {@code POST /oauth2/introspect}: for apps with a secret, about their own tokens. The hint is
     * not needed: tokens tell their type themselves.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc7662#section-2.1">RFC 7662 §2.1</a>
     */
    @PostMapping(
            path = "/oauth2/introspect",
            consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<Introspection>> introspect(ServerWebExchange exchange) {
        return clients.authenticate(exchange)
                .filter(call -> call.client().authenticated())
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        Problem.of(
                                                ProblemCode.INVALID_CLIENT,
                                                "Introspection is for clients with a secret.")))
                .flatMap(
                        call ->
                                introspectToken.introspect(
                                        call.require("token"), call.client().app()))
                .map(TokenStateController::fresh);
    }

    /**
     * {@code POST /oauth2/revoke}: 200, whether there was something to end or not.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc7009#section-2.2">RFC 7009 §2.2</a>
     */
    @PostMapping(path = "/oauth2/revoke", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<Void>> revoke(ServerWebExchange exchange) {
        return clients.authenticate(exchange)
                .flatMap(
                        call ->
                                revokeToken.revoke(
                                        call.require("token"),
                                        call.client().app(),
                                        RequestId.of(exchange)))
                .then(
                        Mono.fromSupplier(
                                () ->
                                        ResponseEntity.ok()
                                                .cacheControl(CacheControl.noStore())
                                                .build()));
    }

    private static <T> ResponseEntity<T> fresh(T body) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(body);
    }
}
