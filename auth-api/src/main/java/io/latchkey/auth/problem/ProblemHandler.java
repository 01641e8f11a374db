package io.latchkey.auth.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
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
    private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);
    private final JsonMapper json;
    private final ITemplateEngine templates;

    ProblemHandler(JsonMapper json, ITemplateEngine templates) {
        this.json = json;
        this.templates = templates;
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
        var page = prefersPage(exchange.getRequest());
        var oauth = exchange.getRequest().getPath().value().startsWith("/oauth2/");
        response.setStatusCode(problem.code().status());
        var headers = response.getHeaders();
        headers.setContentType(
                page
                        ? new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)
                        : oauth ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (problem.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter().toSeconds()));
        }
        if (problem.code() == ProblemCode.INVALID_CLIENT) {
            headers.set(
                    HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"latchkey\", charset=\"UTF-8\"");
        } else if (problem.code() == ProblemCode.INVALID_TOKEN) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        }
        var body =
                page
                        ? page(problem, requestId)
                        : json.writeValueAsBytes(
                                oauth
                                        ? OAuthErrorBody.of(problem)
                                        : ProblemBody.of(problem, requestId));
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private byte[] page(Problem problem, String requestId) {
        var model =
                Map.<String, Object>of(
                        "title", problem.code().title(),
                        "detail", problem.detail(),
                        "requestId", requestId);
        return templates
                .process("problem", new Context(Locale.ENGLISH, model))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The mailed page is for people; everything else answers in JSON unless a browser asks. */
    private static boolean prefersPage(ServerHttpRequest request) {
        var path = request.getPath().value();
        if (path.startsWith("/api/")
                || path.startsWith("/oauth2/")
                || path.startsWith("/.well-known/")) {
            return false;
        }
        var accepted = accepted(request.getHeaders());
        var html = quality(accepted, MediaType.TEXT_HTML);
        var json =
                Math.max(
                        quality(accepted, MediaType.APPLICATION_JSON),
                        quality(accepted, MediaType.APPLICATION_PROBLEM_JSON));
        return path.startsWith("/l/") ? html >= json : html > json;
    }

    /** None where the header is malformed. */
    private static List<MediaType> accepted(HttpHeaders headers) {
        try {
            return headers.getAccept();
        } catch (InvalidMediaTypeException e) {
            return List.of();
        }
    }

    private static double quality(List<MediaType> accepted, MediaType type) {
        return accepted.stream()
                .filter(a -> a.isConcrete() && a.isCompatibleWith(type))
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
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
