package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.BuiltInApps;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads from a page's URL what somebody signs in to: the built-in app where it does not say. */
@Component
class SignInRequests {
    private static final String TENANT = "default";
    private final BuiltInApps builtInApps;

    SignInRequests(BuiltInApps builtInApps) {
        this.builtInApps = builtInApps;
    }

    Mono<SignInRequest> read(ServerWebExchange exchange) {
        return builtInApps
                .of(TENANT)
                .map(
                        app ->
                                new SignInRequest(
                                        app,
                                        app.redirectUris().getFirst(),
                                        null,
                                        null,
                                        null,
                                        exchange.getRequest()
                                                .getQueryParams()
                                                .getFirst("login_hint")));
    }

    /** The URL's query as it came, with its question mark: pages of one sign-in pass it on. */
    static String query(ServerWebExchange exchange) {
        var query = exchange.getRequest().getURI().getRawQuery();
        return query == null || query.isEmpty() ? "" : "?" + query;
    }
}
