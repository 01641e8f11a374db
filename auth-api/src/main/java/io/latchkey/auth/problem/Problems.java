package io.latchkey.auth.problem;

import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;

/** What an exception means to the caller. Matches by type, never by message. */
final class Problems {
    private static final Duration SOON = Duration.ofSeconds(2);

    private Problems() {}

    static Problem of(Throwable error) {
        return switch (error) {
            case Problem problem -> problem;
            case AuthenticationException _ ->
                    Problem.of(
                            ProblemCode.INVALID_CLIENT,
                            "Authenticate with HTTP Basic or a bearer token.");
            case AccessDeniedException _ ->
                    Problem.of(ProblemCode.FORBIDDEN, "This credential or page may not do this.");
            // The database answers, and refuses what we asked: our fault, and no use in repeating.
            case DataIntegrityViolationException _, InvalidDataAccessResourceUsageException _ ->
                    internal();
            case DataBufferLimitException _ -> tooLarge();
            case RejectedExecutionException _ ->
                    Problem.retryLater(ProblemCode.OVERLOADED, "Nothing was accepted.", SOON);
            case DataAccessException _,
                    R2dbcException _,
                    TransactionException _,
                    TimeoutException _ ->
                    Problem.retryLater(
                            ProblemCode.UNAVAILABLE,
                            "The database is out of reach. Repeat with the same Idempotency-Key.",
                            SOON);
            case ErrorResponse response -> framework(response.getStatusCode(), error);
            default -> internal();
        };
    }

    private static Problem framework(HttpStatusCode status, Throwable error) {
        if (error.getCause() instanceof DataBufferLimitException) {
            return tooLarge();
        }
        return switch (HttpStatus.resolve(status.value())) {
            case NOT_FOUND -> Problem.of(ProblemCode.NOT_FOUND, "There is nothing at this path.");
            case METHOD_NOT_ALLOWED ->
                    Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Not with this method.");
            case NOT_ACCEPTABLE ->
                    Problem.of(ProblemCode.NOT_ACCEPTABLE, "Not in a form that Accept asks for.");
            case CONTENT_TOO_LARGE -> tooLarge();
            case UNSUPPORTED_MEDIA_TYPE ->
                    Problem.of(
                            ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                            "See the Accept header for what is taken; Content-Encoding is not.");
            case null, default ->
                    status.is4xxClientError()
                            ? Problem.of(ProblemCode.INVALID_REQUEST, "The request cannot be read.")
                            : internal();
        };
    }

    private static Problem tooLarge() {
        return Problem.of(ProblemCode.PAYLOAD_TOO_LARGE, "At most 64 KiB.");
    }

    private static Problem internal() {
        return Problem.of(ProblemCode.INTERNAL_ERROR, "The request id names it in our logs.");
    }
}
