package io.latchkey.audit.problem;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Names each request, by the caller's {@code X-Request-Id} where it is 1 to 128 letters, digits,
 * dots, dashes and underscores, else by one of ours. Every answer carries it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestId implements WebFilter {
    private static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = RequestId.class.getName();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(HEADER, of(exchange));
        return chain.filter(exchange);
    }

    /** The request's name; the same whenever asked. */
    public static String of(ServerWebExchange exchange) {
        return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, _ -> given(exchange));
    }

    private static String given(ServerWebExchange exchange) {
        var header = exchange.getRequest().getHeaders().getFirst(HEADER);
        return header != null && FORM.matcher(header).matches()
                ? header
                : UUID.randomUUID().toString();
    }
}
