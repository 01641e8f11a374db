package io.latchkey.auth.app.web;

import io.latchkey.auth.app.Administrator;
import io.latchkey.auth.app.AdministratorToken;
import io.latchkey.auth.app.App;
import io.latchkey.auth.app.AppRegistry;
import io.latchkey.auth.app.BasicCredentials;
import io.latchkey.auth.app.Caller;
import io.latchkey.auth.app.ClientCredentials;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.token.AccessTokens;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The caller of the native API: an app, by HTTP Basic or by its own access token, or the
 * administrator by his token. Whatever is wrong with a credential has one answer.
 */
@Component
class ApiCredentials implements ServerAuthenticationConverter {
    private static final String BEARER = "Bearer ";
    private final ClientCredentials credentials;
    private final AppRegistry apps;
    private final AccessTokens tokens;
    private final AdministratorToken administrator;

    ApiCredentials(
            ClientCredentials credentials,
            AppRegistry apps,
            AccessTokens tokens,
            AdministratorToken administrator) {
        this.credentials = credentials;
        this.apps = apps;
        this.tokens = tokens;
        this.administrator = administrator;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        var header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return caller(header == null ? "" : header).map(CallerAuthentication::new);
    }

    private Mono<Caller> caller(String header) {
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return bearer(header.substring(BEARER.length()).strip())
                    .switchIfEmpty(refuse(ProblemCode.INVALID_TOKEN));
        }
        return Mono.justOrEmpty(BasicCredentials.of(header))
                .flatMap(credentials::authenticate)
                .cast(Caller.class)
                .switchIfEmpty(refuse(ProblemCode.INVALID_CLIENT));
    }

    private Mono<Caller> bearer(String token) {
        if (administrator.matches(token)) {
            return Mono.just(new Administrator());
        }
        return Mono.justOrEmpty(tokens.verifyOwn(token))
                .flatMap(own -> apps.find(own.clientId()))
                .filter(app -> app.type() == App.Type.CONFIDENTIAL)
                .cast(Caller.class);
    }

    private static Mono<Caller> refuse(ProblemCode code) {
        return Mono.defer(
                () ->
                        Mono.error(
                                Problem.of(
                                        code,
                                        "Authenticate as an app, with HTTP Basic or its access"
                                                + " token, or as the administrator.")));
    }
}
