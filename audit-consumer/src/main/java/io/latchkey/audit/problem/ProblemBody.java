package io.latchkey.audit.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;

/**
 * An error on the wire.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9457">RFC 9457</a>
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemBody(
        URI type,
        String title,
        int status,
        String detail,
        String code,
        String requestId,
        List<FieldError> errors) {}
