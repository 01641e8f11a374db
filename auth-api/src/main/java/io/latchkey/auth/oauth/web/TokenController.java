package io.latchkey.auth.oauth.web;

import io.latchkey.auth.oauth.Client;
import io.latchkey.auth.oauth.Grant;
import io.latchkey.auth.oauth.TokenRequest;
import io.latchkey.auth.oauth.TokenResponse;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.auth.problem.RequestId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * {@code POST /oauth2/token}.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-3.2">RFC 6749 §3.2</a>
 */
@RestController
class TokenController {
    private final Map<String, Grant> grants;
    private final TokenClients clients;

    TokenController(List<Grant> grants, TokenClients clients) {
        this.grants = grants.stream().collect(Collectors.toMap(Grant::type, Function.identity()));
        this.clients = clients;
    }

    @PostMapping(path = "/oauth2/token", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    Mono<ResponseEntity<TokenResponse>> token(ServerWebExchange exchange) {
        return clients.authenticate(exchange)
                .flatMap(call -> grant(call.client(), call.parameters(), exchange))
                .map(
                        answer ->
                                ResponseEntity.ok()
                                        .cacheControl(CacheControl.noStore())
                                        .header(HttpHeaders.PRAGMA, "no-cache")
                                        .body(answer));
    }

    private Mono<TokenResponse> grant(
            Client client, Map<String, String> parameters, ServerWebExchange exchange) {
        var type = parameters.get("grant_type");
        if (type == null) {
            return Mono.error(
                    Problem.of(
                            ProblemCode.INVALID_REQUEST, "The parameter grant_type is missing."));
        }
        var grant = grants.get(type);
        if (grant == null) {
            return Mono.error(
                    Problem.of(ProblemCode.UNSUPPORTED_GRANT_TYPE, "See the discovery document."));
        }
        return Mono.defer(
                () -> grant.grant(new TokenRequest(client, parameters, RequestId.of(exchange))));
    }
}
