package io.latchkey.auth.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.springframework.http.HttpStatus;

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
    private static final String WHOLE_REQUEST = "";

    static ProblemBody of(Problem problem, String requestId) {
        var code = problem.code();
        return new ProblemBody(
                code.type(),
                code.title(),
                code.status().value(),
                problem.detail(),
                code.code(),
                requestId,
                errors(problem));
    }

    /** Whoever reads them finds one at every 400. */
    private static List<FieldError> errors(Problem problem) {
        return problem.errors().isEmpty() && problem.code().status() == HttpStatus.BAD_REQUEST
                ? List.of(new FieldError(WHOLE_REQUEST, problem.detail()))
                : problem.errors();
    }
}
