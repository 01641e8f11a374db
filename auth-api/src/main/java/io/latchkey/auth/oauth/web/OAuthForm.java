package io.latchkey.auth.oauth.web;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Parameters of an OAuth endpoint.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-3.2">RFC 6749 §3.2</a>
 */
final class OAuthForm {
    /** What the decoder puts in the place of bytes that are not UTF-8. */
    private static final char NO_TEXT = '\ufffd';

    private OAuthForm() {}

    static Mono<Map<String, String>> of(ServerWebExchange exchange) {
        return exchange.getFormData().map(OAuthForm::single);
    }

    /** None more than once, none with NUL or bytes that are no text. */
    static Map<String, String> single(MultiValueMap<String, String> form) {
        if (form.values().stream().anyMatch(values -> values.size() > 1)) {
            throw Problem.of(ProblemCode.INVALID_REQUEST, "A parameter is there more than once.");
        }
        var parameters = form.toSingleValueMap();
        if (parameters.values().stream().anyMatch(OAuthForm::isDirty)) {
            throw Problem.of(
                    ProblemCode.INVALID_REQUEST, "A parameter holds NUL, or is not UTF-8.");
        }
        return parameters;
    }

    private static boolean isDirty(@Nullable String value) {
        return value != null && (value.indexOf('\0') >= 0 || value.indexOf(NO_TEXT) >= 0);
    }
}
