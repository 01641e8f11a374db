package io.latchkey.mail.platform;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Every error that nobody answered: as a problem, without a word of what broke. */
@Component
@Order(-2) // before Boot's own, which would describe the exception
class ProblemHandler implements WebExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private final Problems problems;

    ProblemHandler(Problems problems) {
        this.problems = problems;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        if (failure instanceof InvalidRequestException invalid) {
            return problems.invalid(exchange, detail(HttpStatus.BAD_REQUEST), invalid.errors());
        }
        var status = status(failure);
        if (status.is5xxServerError() && status != HttpStatus.SERVICE_UNAVAILABLE) {
            log.atError()
                    .addKeyValue("request_id", RequestId.of(exchange))
                    .setCause(new BareCause(failure))
                    .log("a request failed");
        }
        return status == HttpStatus.BAD_REQUEST
                ? problems.invalid(exchange, detail(status), "[]")
                : problems.write(exchange, status, code(status), detail(status));
    }

    private static HttpStatus status(Throwable failure) {
        return Optional.of(failure)
                .filter(ErrorResponse.class::isInstance)
                .map(e -> HttpStatus.resolve(((ErrorResponse) e).getStatusCode().value()))
                .orElse(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing here.";
            case GONE -> "Its delivery time is over.";
            case SERVICE_UNAVAILABLE -> "Nothing has changed; try again in a moment.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body has a type that is not taken here.";
            case CONTENT_TOO_LARGE -> "The body is longer than is taken here.";
            default ->
                    status.is4xxClientError()
                            ? "The request cannot be understood."
                            : "Try again; if it stays so, tell the operator the request id.";
        };
    }

    private static String code(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "not_found";
            case GONE -> "delivery_time_over";
            case SERVICE_UNAVAILABLE -> "unavailable";
            case UNSUPPORTED_MEDIA_TYPE -> "unsupported_media_type";
            case CONTENT_TOO_LARGE -> "payload_too_large";
            default -> status.is4xxClientError() ? "invalid_request" : "internal_error";
        };
    }
}
