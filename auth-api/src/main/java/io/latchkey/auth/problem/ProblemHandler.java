package io.latchkey.auth.problem;

import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Renders every error: problem JSON, or a page where a person is looking. A caller's mistake is no
 * warning of ours; what broke here is logged once, with the request id, and says nothing to the
 * caller.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9457">RFC 9457</a>
 */
@Component
@Order(-2) // before Boot's own
public class ProblemHandler implements ErrorWebExceptionHandler {
    private static final long ROUND_UP_MS = 999;
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private final JsonMapper json;
    private final ProblemPage page;

    ProblemHandler(JsonMapper json, ProblemPage page) {
        this.json = json;
        this.page = page;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            LOG.atWarn().setCause(new BareCause(error)).log("An answer broke off");
            return Mono.error(error);
        }
        var problem = Problems.of(error);
        log(problem, error);
        var headers = exchange.getResponse().getHeaders();
        if (error instanceof MethodNotAllowedException notAllowed) {
            headers.setAllow(notAllowed.getSupportedMethods());
        }
        if (error instanceof UnsupportedMediaTypeStatusException unsupported) {
            headers.setAccept(unsupported.getSupportedMediaTypes());
        }
        return render(exchange, problem);
    }

    /** Answers with the problem: also for those who hold the exchange themselves. */
    public Mono<Void> render(ServerWebExchange exchange, Problem problem) {
        var response = exchange.getResponse();
        var requestId = RequestId.of(exchange);
        var asPage = PagePreference.of(exchange.getRequest());
        var oauth = exchange.getRequest().getPath().value().startsWith("/oauth2/");
        response.setStatusCode(problem.code().status());
        var headers = response.getHeaders();
        headers.setContentType(
                asPage
                        ? new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)
                        : oauth ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (problem.retryAfter() != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(problem.retryAfter().plusMillis(ROUND_UP_MS).toSeconds()));
        }
        if (problem.code() == ProblemCode.INVALID_CLIENT) {
            headers.set(
                    HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"latchkey\", charset=\"UTF-8\"");
        } else if (problem.code() == ProblemCode.INVALID_TOKEN) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        var body =
                asPage
                        ? page.html(problem, exchange).getBytes(StandardCharsets.UTF_8)
                        : json.writeValueAsBytes(
                                oauth
                                        ? OAuthErrorBody.of(problem)
                                        : ProblemBody.of(problem, requestId));
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static void log(Problem problem, Throwable error) {
        switch (problem.code()) {
            case INTERNAL_ERROR ->
                    LOG.atError().setCause(new BareCause(error)).log("A request failed");
            case UNAVAILABLE ->
                    LOG.atWarn()
                            .addKeyValue("cause", error.getClass().getSimpleName())
                            .log("A request could not be served");
            default -> LOG.atDebug().addKeyValue("code", problem.code().code()).log("Refused");
        }
    }
}
