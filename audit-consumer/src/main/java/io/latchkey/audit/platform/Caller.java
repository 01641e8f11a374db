package io.latchkey.audit.platform;

import io.latchkey.audit.problem.RequestId;
import io.latchkey.events.EventContext;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a request came from, as events tell it.
 *
 * @param ip literal address of the network's peer: that of a proxy, where there is one
 * @param userAgent at most {@value EventContext#MAX_USER_AGENT} characters
 */
public record Caller(String requestId, @Nullable String ip, @Nullable String userAgent) {
    public static Caller of(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return new Caller(
                RequestId.of(exchange),
                literal(request.getRemoteAddress()),
                shortened(request.getHeaders().getFirst(HttpHeaders.USER_AGENT)));
    }

    private static @Nullable String literal(@Nullable InetSocketAddress peer) {
        return peer == null || peer.isUnresolved() ? null : peer.getAddress().getHostAddress();
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= EventContext.MAX_USER_AGENT
                ? text
                : text.substring(0, EventContext.MAX_USER_AGENT);
    }

    /** What an event has of it. */
    public EventContext context(@Nullable String tenant) {
        return EventContext.of(tenant, null, requestId).withClient(ip, userAgent);
    }
}
