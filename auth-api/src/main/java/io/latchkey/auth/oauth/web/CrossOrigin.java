package io.latchkey.auth.oauth.web;

import io.latchkey.auth.app.AllowedOrigins;
import io.latchkey.auth.app.App;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Which pages may read our answers from a browser. What is public is for all; the rest for pages of
 * the app that a call is about. A preflight names no app: it passes where any app allows the
 * origin, and the call itself is answered readably by its own app alone. Cookies never count.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
class CrossOrigin implements WebFilter {
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final String EVERYBODY = "*";

    private static final Set<String> PUBLIC =
            Set.of("/.well-known/openid-configuration", "/oauth2/jwks");

    private static final Map<String, List<HttpMethod>> OF_APPS =
            Map.of(
                    "/oauth2/token", List.of(HttpMethod.POST),
                    "/oauth2/revoke", List.of(HttpMethod.POST),
                    "/oauth2/userinfo", List.of(HttpMethod.GET, HttpMethod.POST));

    private final AllowedOrigins allowedOrigins;

    CrossOrigin(AllowedOrigins allowedOrigins) {
        this.allowedOrigins = allowedOrigins;
    }

    /** Lets pages of the app read what this call is answered, if it comes from one. */
    static void allow(ServerWebExchange exchange, App app) {
        var origin = exchange.getRequest().getHeaders().getOrigin();
        if (origin != null
                && OF_APPS.containsKey(path(exchange))
                && app.allowedOrigins().contains(origin)) {
            var headers = exchange.getResponse().getHeaders();
            headers.setAccessControlAllowOrigin(origin);
            headers.setAccessControlExposeHeaders(
                    List.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.RETRY_AFTER, "X-Request-Id"));
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var path = path(exchange);
        var headers = exchange.getResponse().getHeaders();
        if (PUBLIC.contains(path)) {
            headers.setAccessControlAllowOrigin(EVERYBODY);
            return isPreflight(exchange.getRequest())
                    ? preflight(exchange, EVERYBODY, List.of(HttpMethod.GET))
                    : chain.filter(exchange);
        }
        var methods = OF_APPS.get(path);
        if (methods == null) {
            return chain.filter(exchange);
        }
        headers.addAll(HttpHeaders.VARY, List.of(HttpHeaders.ORIGIN));
        return isPreflight(exchange.getRequest())
                ? preflight(exchange, methods)
                : chain.filter(exchange);
    }

    private Mono<Void> preflight(ServerWebExchange exchange, List<HttpMethod> methods) {
        var origin = String.valueOf(exchange.getRequest().getHeaders().getOrigin());
        return allowedOrigins
                .contains(origin)
                .flatMap(allowed -> preflight(exchange, allowed ? origin : null, methods));
    }

    private static Mono<Void> preflight(
            ServerWebExchange exchange, @Nullable String origin, List<HttpMethod> methods) {
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.NO_CONTENT);
        if (origin != null) {
            var headers = response.getHeaders();
            headers.setAccessControlAllowOrigin(origin);
            headers.setAccessControlAllowMethods(methods);
            headers.setAccessControlAllowHeaders(
                    List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE));
            headers.setAccessControlMaxAge(REMEMBERED);
        }
        return response.setComplete();
    }

    private static boolean isPreflight(ServerHttpRequest request) {
        return HttpMethod.OPTIONS.equals(request.getMethod())
                && request.getHeaders().getOrigin() != null
                && request.getHeaders().getAccessControlRequestMethod() != null;
    }

    private static String path(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value();
    }
}
