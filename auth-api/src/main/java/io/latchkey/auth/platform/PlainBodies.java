package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Takes no body under a {@code Content-Encoding}: what is small needs none, and bombs have one.
 * Forms are read so that a broken one is refused.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class PlainBodies implements WebFilter {
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getRequest().getHeaders().containsHeader(HttpHeaders.CONTENT_ENCODING)
                ? Mono.error(
                        Problem.of(
                                ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                                "No Content-Encoding is taken."))
                : chain.filter(new FormExchange(exchange));
    }

    /** A form with broken percent-encoding is the caller's mistake, whoever reads it first. */
    private static final class FormExchange extends ServerWebExchangeDecorator {
        FormExchange(ServerWebExchange exchange) {
            super(exchange);
        }

        @Override
        public Mono<MultiValueMap<String, String>> getFormData() {
            return super.getFormData()
                    .onErrorMap(
                            IllegalArgumentException.class,
                            _ ->
                                    Problem.of(
                                            ProblemCode.INVALID_REQUEST,
                                            "The form is not well-formed."));
        }
    }
}
