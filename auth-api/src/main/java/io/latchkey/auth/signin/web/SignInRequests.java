package io.latchkey.auth.signin.web;

import io.latchkey.auth.app.App;
import io.latchkey.auth.app.BuiltInApps;
import io.latchkey.auth.oauth.AuthorizationReading.Refused;
import io.latchkey.auth.oauth.AuthorizationReading.Valid;
import io.latchkey.auth.oauth.AuthorizationRequest;
import io.latchkey.auth.oauth.AuthorizationRequests;
import io.latchkey.auth.platform.SeeOther;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Reads from a page's URL what somebody signs in to: an authorization request, which is checked
 * each time as if it had just come, or the built-in app where there is none.
 */
@Component
class SignInRequests {
    private static final String TENANT = "default";
    private static final String LINK = WaitingLinks.NAME + "=";
    private final AuthorizationRequests authorizationRequests;
    private final BuiltInApps builtInApps;

    SignInRequests(AuthorizationRequests authorizationRequests, BuiltInApps builtInApps) {
        this.authorizationRequests = authorizationRequests;
        this.builtInApps = builtInApps;
    }

    /** The answer to a request; a refused one goes back to its app. */
    Mono<ResponseEntity<String>> answer(
            ServerWebExchange exchange,
            Function<SignInRequest, Mono<ResponseEntity<String>>> answer) {
        if (!isOfApp(exchange)) {
            return builtInApps.of(TENANT).map(app -> ours(app, exchange)).flatMap(answer);
        }
        return authorizationRequests
                .read(exchange)
                .flatMap(
                        reading ->
                                switch (reading) {
                                    case Valid(var request) -> answer.apply(of(request));
                                    case Refused(var location) -> Mono.just(SeeOther.to(location));
                                });
    }

    /** Whether an app has sent the browser here. */
    static boolean isOfApp(ServerWebExchange exchange) {
        return exchange.getRequest().getQueryParams().containsKey("client_id");
    }

    private static SignInRequest ours(App app, ServerWebExchange exchange) {
        var hint = exchange.getRequest().getQueryParams().getFirst("login_hint");
        return new SignInRequest(app, app.redirectUris().getFirst(), null, null, null, hint, null);
    }

    private static SignInRequest of(AuthorizationRequest request) {
        return new SignInRequest(
                request.app(),
                request.redirectUri(),
                request.state(),
                request.nonce(),
                request.codeChallenge(),
                request.loginHint(),
                request.idTokenHint());
    }

    /**
     * The URL's query as it came, with its question mark: pages of one sign-in pass it on. Which
     * link a page waits for is that page's alone.
     */
    static String query(ServerWebExchange exchange) {
        var query = exchange.getRequest().getURI().getRawQuery();
        return query == null
                ? ""
                : Arrays.stream(query.split("&", -1))
                        .filter(part -> !part.isEmpty() && !part.startsWith(LINK))
                        .collect(Collectors.joining("&", "?", ""))
                        .transform(kept -> kept.length() == 1 ? "" : kept);
    }
}
