package io.latchkey.auth.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A problem on the wire.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9457#section-3">RFC 9457 §3</a>
 */
record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonProperty("request_id") String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {
    static ProblemBody of(Problem problem, String requestId) {
        var code = problem.code();
        return new ProblemBody(
                code.type(),
                code.title(),
                code.status().value(),
                problem.detail(),
                code.code(),
                requestId,
                problem.errors());
    }
}
