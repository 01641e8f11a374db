package io.latchkey.audit.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every error that a caller can meet, in the order of the table in the API document. */
public enum ProblemCode {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not as it should be"),
    INVALID_TOKEN(HttpStatus.UNAUTHORIZED, "The credential is missing, unknown or wrong"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "The credential may not do this"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This cannot be done here"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "There is no answer of the wanted type"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of another type"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Out of reach for the moment; try again"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something broke; the request id names it");

    private static final String DOCS = "https://latchkey.io/docs/problems#";
    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** As clients compare it, in snake case. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** Where the documents explain it. */
    public URI type() {
        return URI.create(DOCS + code());
    }
}
