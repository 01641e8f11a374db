package io.latchkey.audit.problem;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The only place that renders errors of the API: problem bodies of RFC 9457. Exceptions are matched
 * by type hierarchy; one that nobody foresaw is a {@code 500} that tells the request id and nothing
 * else.
 */
@Component
@Order(-2) // before Boot's own error page
public final class ProblemHandler
        implements WebExceptionHandler, ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
    private static final String RETRY_AFTER_SECONDS = "2";

    private final JsonMapper json;

    ProblemHandler(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException refusal) {
        return handle(exchange, refusal);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException refusal) {
        return handle(exchange, (Throwable) refusal);
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()
                || DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return Mono.error(failure);
        }
        var code = report(exchange, failure);
        return render(exchange, code, failure);
    }

    private static ProblemCode codeOf(Throwable failure) {
        return switch (failure) {
            case Problem problem -> problem.code();
            // The issuer's keys cannot be fetched: nobody can say whether the token is genuine
            case AuthenticationServiceException _ -> ProblemCode.UNAVAILABLE;
            case AuthenticationException _ -> ProblemCode.INVALID_TOKEN;
            case AccessDeniedException _ -> ProblemCode.FORBIDDEN;
            case DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    R2dbcNonTransientResourceException _,
                    R2dbcTransientResourceException _,
                    R2dbcTimeoutException _,
                    TimeoutException _ ->
                    ProblemCode.UNAVAILABLE;
            case ErrorResponse response -> ofStatus(response.getStatusCode().value());
            default -> ProblemCode.INTERNAL_ERROR;
        };
    }

    /**
     * The code of a status that the framework chose; its message is for developers, not callers.
     */
    private static ProblemCode ofStatus(int status) {
        return Arrays.stream(ProblemCode.values())
                .filter(code -> code.status().value() == status)
                .findFirst()
                .orElse(
                        status >= 400 && status < 500
                                ? ProblemCode.INVALID_REQUEST
                                : ProblemCode.INTERNAL_ERROR);
    }

    /** What it comes to, after the log has been told of what an operator should know. */
    public static ProblemCode report(ServerWebExchange exchange, Throwable failure) {
        var code = codeOf(failure);
        if (code == ProblemCode.INTERNAL_ERROR) {
            log.atError()
                    .addKeyValue("request_id", RequestId.of(exchange))
                    .setCause(new BareCause(failure))
                    .log("request failed");
        } else if (code == ProblemCode.UNAVAILABLE) {
            log.atWarn()
                    .addKeyValue("request_id", RequestId.of(exchange))
                    .addKeyValue("cause", innermost(failure).getClass().getName())
                    .log("request refused: something that it needs is away");
        }
        return code;
    }

    private static Throwable innermost(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure);
    }

    private Mono<Void> render(ServerWebExchange exchange, ProblemCode code, Throwable failure) {
        var response = exchange.getResponse();
        response.setStatusCode(code.status());
        var headers = response.getHeaders();
        if (failure instanceof ErrorResponse framework) {
            headers.addAll(framework.getHeaders());
        }
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        switch (code) {
            case INVALID_TOKEN -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case FORBIDDEN ->
                    headers.set(
                            HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
            case UNAVAILABLE -> headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> {}
        }
        var bytes = json.writeValueAsBytes(body(exchange, code, failure));
        return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
    }

    private static ProblemBody body(
            ServerWebExchange exchange, ProblemCode code, Throwable failure) {
        var problem = failure instanceof Problem ours ? ours : null;
        return new ProblemBody(
                code.type(),
                code.title(),
                code.status().value(),
                problem == null ? code.title() + "." : String.valueOf(problem.getMessage()),
                code.code(),
                RequestId.of(exchange),
                problem == null ? List.of() : problem.errors());
    }
}
