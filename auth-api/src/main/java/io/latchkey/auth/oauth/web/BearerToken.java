package io.latchkey.auth.oauth.web;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * The access token of a call: in the header, or in the form of a POST; never in the query.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6750#section-2">RFC 6750 §2</a>
 */
final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    static Mono<String> of(ServerWebExchange exchange) {
        var header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return inForm(exchange)
                .flatMap(
                        form -> {
                            if (header != null && form.isPresent()) {
                                return Mono.error(
                                        Problem.of(
                                                ProblemCode.INVALID_REQUEST,
                                                "Send the access token in one way, not in two."));
                            }
                            return Mono.justOrEmpty(
                                    header == null ? form : Optional.of(inHeader(header)));
                        });
    }

    private static String inHeader(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? header.substring(SCHEME.length()).strip()
                : "";
    }

    private static Mono<Optional<String>> inForm(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return HttpMethod.POST.equals(request.getMethod())
                        && MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(
                                request.getHeaders().getContentType())
                ? OAuthForm.of(exchange).map(BearerToken::accessToken)
                : Mono.just(Optional.empty());
    }

    private static Optional<String> accessToken(Map<String, String> form) {
        return Optional.ofNullable(form.get("access_token")).filter(token -> !token.isEmpty());
    }
}
