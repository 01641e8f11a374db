package io.latchkey.audit.platform;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Leads who opens a page of the console to its sign-in; everybody else learns what is missing. */
final class ConsoleEntryPoint implements ServerAuthenticationEntryPoint {
    private final ServerAuthenticationEntryPoint others;

    ConsoleEntryPoint(ServerAuthenticationEntryPoint others) {
        this.others = others;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException failure) {
        var path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (!path.equals("/") && !path.startsWith("/console/")) {
            return others.commence(exchange, failure);
        }
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.SEE_OTHER);
        response.getHeaders().setLocation(URI.create("/console/sign-in"));
        return response.setComplete();
    }
}
