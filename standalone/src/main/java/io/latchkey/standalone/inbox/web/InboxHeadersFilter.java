package io.latchkey.standalone.inbox.web;

import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets browsers do nothing with an answer but show it. Refuses requests to other names than this
 * machine's own, unless its user has the inbox listen elsewhere: a foreign web page could point its
 * own name at 127.0.0.1 and read the mails (DNS rebinding).
 */
@Component
final class InboxHeadersFilter implements WebFilter {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final boolean loopbackNamesOnly;

    InboxHeadersFilter(
            @Value("${latchkey.inbox.loopback-names-only:true}") boolean loopbackNamesOnly) {
        this.loopbackNamesOnly = loopbackNamesOnly;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (loopbackNamesOnly && !isLoopback(exchange.getRequest().getHeaders().getHost())) {
            exchange.getResponse().setStatusCode(HttpStatus.MISDIRECTED_REQUEST);
            return exchange.getResponse().setComplete();
        }
        var headers = exchange.getResponse().getHeaders();
        headers.setCacheControl("no-store");
        headers.set("Content-Security-Policy", PAGE_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        return chain.filter(exchange);
    }

    private static boolean isLoopback(@Nullable InetSocketAddress host) {
        return host != null && LOOPBACK.contains(host.getHostString());
    }
}
