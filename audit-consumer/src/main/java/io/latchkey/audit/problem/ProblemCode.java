package io.latchkey.audit.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Every error that a caller can meet, in the order of the table in the API document. */
public enum ProblemCode {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    INVALID_TOKEN(HttpStatus.UNAUTHORIZED, "The access token is not valid"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Not allowed"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable representation"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Out of service right now"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something broke on our side");

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
