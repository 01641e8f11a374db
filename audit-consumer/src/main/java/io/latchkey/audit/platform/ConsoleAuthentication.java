package io.latchkey.audit.platform;

import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets the console's cookie read what the audit token may read. A session that is over is none: the
 * reader is asked to sign in. A bearer token comes first, as whoever sends one means it.
 */
final class ConsoleAuthentication implements WebFilter {
    private static final String BEARER = "Bearer ";
    private final ConsoleSession sessions;

    ConsoleAuthentication(ConsoleSession sessions) {
        this.sessions = sessions;
    }

    /** The console's form is sent, so that no address stands in a URL. */
    private static boolean isReading(ServerHttpRequest request) {
        return request.getMethod().equals(HttpMethod.GET)
                || request.getPath().pathWithinApplication().value().equals("/console/filter");
    }

    /** What else stands there is the affair of a proxy in front. */
    private static boolean hasBearerToken(ServerHttpRequest request) {
        var authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (!isReading(request) || hasBearerToken(request)) {
            return chain.filter(exchange);
        }
        return ConsoleCookie.sessions(request)
                .map(sessions::reader)
                .flatMap(Optional::stream)
                .findFirst()
                .map(AuditReaderAuthentication::mayRead)
                .map(
                        reader ->
                                chain.filter(exchange)
                                        .contextWrite(
                                                ReactiveSecurityContextHolder.withAuthentication(
                                                        reader)))
                .orElseGet(() -> chain.filter(exchange));
    }
}
