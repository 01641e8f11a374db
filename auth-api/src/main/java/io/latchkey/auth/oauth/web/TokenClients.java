package io.latchkey.auth.oauth.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.app.BasicCredentials;
import io.latchkey.auth.app.ClientCredentials;
import io.latchkey.auth.oauth.Client;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Who calls the token endpoint and its like: {@code client_secret_basic}, {@code
 * client_secret_post}, or a public client that names itself; one of them, not two.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-2.3">RFC 6749 §2.3</a>
 */
@Component
class TokenClients {
    private final ClientCredentials credentials;
    private final AppRegistry apps;

    /**
     * @param parameters each at most once
     */
    record ClientCall(Client client, Map<String, String> parameters) {
        /** Without the parameters: they are secrets. */
        @Override
        public String toString() {
            return "ClientCall[" + client.app().id() + "]";
        }

        String require(String name) {
            return Optional.ofNullable(parameters.get(name))
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(
                            () ->
                                    Problem.of(
                                            ProblemCode.INVALID_REQUEST,
                                            "The parameter " + name + " is missing."));
        }
    }

    TokenClients(ClientCredentials credentials, AppRegistry apps) {
        this.credentials = credentials;
        this.apps = apps;
    }

    /**
     * Reads the form that an authenticated client has posted. A page of an app that is found may
     * read the answer, whatever it says.
     */
    Mono<ClientCall> authenticate(ServerWebExchange exchange) {
        return OAuthForm.of(exchange)
                .flatMap(
                        parameters ->
                                client(exchange.getRequest(), parameters)
                                        .map(client -> new ClientCall(client, parameters)))
                .doOnNext(call -> CrossOrigin.allow(exchange, call.client().app()));
    }

    private Mono<Client> client(ServerHttpRequest request, Map<String, String> parameters) {
        var header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        var clientId = Optional.ofNullable(parameters.get("client_id"));
        var secret = parameters.get("client_secret");
        if (header != null) {
            return secret == null
                    ? basic(header, clientId).switchIfEmpty(refuse())
                    : Mono.error(
                            Problem.of(
                                    ProblemCode.INVALID_REQUEST,
                                    "Authenticate in one way, not in two."));
        }
        if (clientId.isEmpty()) {
            return refuse();
        }
        return secret == null
                ? publicClient(clientId.get()).switchIfEmpty(refuse())
                : bySecret(new BasicCredentials(clientId.get(), secret)).switchIfEmpty(refuse());
    }

    private Mono<Client> basic(String header, Optional<String> clientId) {
        return Mono.justOrEmpty(BasicCredentials.of(header))
                .filter(pair -> clientId.filter(named -> !named.equals(pair.clientId())).isEmpty())
                .flatMap(this::bySecret);
    }

    private Mono<Client> bySecret(BasicCredentials pair) {
        return credentials.authenticate(pair).map(app -> new Client(app, true));
    }

    private Mono<Client> publicClient(String clientId) {
        return apps.find(clientId)
                .filter(app -> app.type() == App.Type.PUBLIC)
                .map(app -> new Client(app, false));
    }

    private static Mono<Client> refuse() {
        return Mono.error(
                () ->
                        Problem.of(
                                ProblemCode.INVALID_CLIENT,
                                "Unknown client, or wrong credentials."));
    }
}
