package io.latchkey.auth.platform;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Where a request comes from: the peer, unless that is a proxy of ours; then the nearest hop that
 * is none. What a peer says that is not trusted, or what is malformed, counts for nothing (S12).
 *
 * @see <a
 *     href="https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For">X-Forwarded-For</a>
 */
@Component
public class ClientAddress {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Pattern COMMA = Pattern.compile(",");

    /** Some proxies write the port as well. */
    private static final Pattern PORT =
            Pattern.compile("^(?:\\[([^\\]]+)\\]|([0-9.]+))(?::[0-9]+)?$");

    private final ProxyProperties.Networks trusted;

    ClientAddress(ProxyProperties properties) {
        this.trusted = properties.networks();
    }

    /** A literal in its one spelling; absent where the connection has none. */
    public @Nullable String of(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var remote = request.getRemoteAddress();
        if (remote == null || remote.getAddress() == null) {
            return null;
        }
        var peer = withoutZone(IpLiteral.text(remote.getAddress()));
        return trusted.contain(peer) ? beyond(peer, request.getHeaders()) : peer;
    }

    /** From the right: each proxy appends whom it was called by. */
    private String beyond(String peer, HttpHeaders headers) {
        var hops =
                headers.getOrDefault(FORWARDED_FOR, List.of()).stream()
                        .flatMap(COMMA::splitAsStream)
                        .toList()
                        .reversed();
        var nearest = peer;
        for (var hop : hops) {
            var literal = IpLiteral.canonical(withoutPort(hop.strip()));
            if (literal.isEmpty()) {
                return peer;
            }
            nearest = literal.get();
            if (!trusted.contain(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    private static String withoutPort(String hop) {
        var parts = PORT.matcher(hop);
        if (!parts.matches()) {
            return hop;
        }
        return parts.group(1) == null ? parts.group(2) : parts.group(1);
    }

    private static String withoutZone(String literal) {
        var zone = literal.indexOf('%');
        return zone < 0 ? literal : literal.substring(0, zone);
    }
}
