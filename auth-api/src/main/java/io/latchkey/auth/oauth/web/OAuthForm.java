package io.latchkey.auth.oauth.web;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Map;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Parameters of an OAuth endpoint.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-3.2">RFC 6749 §3.2</a>
 */
final class OAuthForm {
    private OAuthForm() {}

    static Mono<Map<String, String>> of(ServerWebExchange exchange) {
        return exchange.getFormData().map(OAuthForm::single);
    }

    /** None more than once, none with NUL. */
    static Map<String, String> single(MultiValueMap<String, String> form) {
        if (form.values().stream().anyMatch(values -> values.size() > 1)) {
            throw Problem.of(ProblemCode.INVALID_REQUEST, "A parameter is there more than once.");
        }
        var parameters = form.toSingleValueMap();
        if (parameters.values().stream()
                .anyMatch(value -> value != null && value.indexOf('\0') >= 0)) {
            throw Problem.of(ProblemCode.INVALID_REQUEST, "A parameter holds NUL.");
        }
        return parameters;
    }
}
