package io.latchkey.auth.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * Everything that can be wrong with a call, in the order of the contract: stable code, status,
 * title, and the page that explains it.
 */
public enum ProblemCode {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
    REDIRECT_URI_NOT_ALLOWED(HttpStatus.BAD_REQUEST, "The redirect URI is not registered"),
    INVALID_CLIENT(HttpStatus.UNAUTHORIZED, "The client is not authenticated"),
    INVALID_TOKEN(HttpStatus.UNAUTHORIZED, "The access token is not valid"),
    INVALID_GRANT(HttpStatus.BAD_REQUEST, "The grant is not valid"),
    INVALID_SCOPE(HttpStatus.BAD_REQUEST, "The scope is not allowed"),
    UNAUTHORIZED_CLIENT(HttpStatus.BAD_REQUEST, "The client may not use this grant"),
    UNSUPPORTED_GRANT_TYPE(HttpStatus.BAD_REQUEST, "The grant type is not supported"),
    UNSUPPORTED_TOKEN_TYPE(HttpStatus.BAD_REQUEST, "This kind of token cannot be revoked"),
    FORBIDDEN(HttpStatus.FORBIDDEN, "Not allowed"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "Not found"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed"),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "No acceptable representation"),
    CONFLICT(HttpStatus.CONFLICT, "Conflict"),
    LINK_EXPIRED(HttpStatus.GONE, "The link has expired"),
    LINK_USED(HttpStatus.GONE, "The link was already used"),
    LINK_REVOKED(HttpStatus.GONE, "The link is no longer valid"),
    PAYLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The media type is not supported"),
    RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
    INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Something broke on our side"),
    OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "Too busy right now"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Out of service right now");

    private static final String DOCS = "https://latchkey.io/docs/problems#";
    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** As it stands in {@code code}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /**
     * As an OAuth endpoint spells it.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-5.2">RFC 6749 §5.2</a>
     */
    public String oauthError() {
        return switch (this) {
            case INVALID_CLIENT,
                    INVALID_GRANT,
                    INVALID_SCOPE,
                    INVALID_TOKEN,
                    UNAUTHORIZED_CLIENT,
                    UNSUPPORTED_GRANT_TYPE,
                    UNSUPPORTED_TOKEN_TYPE ->
                    code();
            case INTERNAL_ERROR -> "server_error";
            case OVERLOADED, UNAVAILABLE -> "temporarily_unavailable";
            default -> "invalid_request";
        };
    }

    /** The problem's {@code type}: where it is explained. */
    public String type() {
        return DOCS + code();
    }
}
