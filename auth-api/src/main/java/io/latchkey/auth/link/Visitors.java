package io.latchkey.auth.link;

import io.latchkey.auth.platform.ClientAddress;
import io.latchkey.auth.platform.FormCookie;
import io.latchkey.auth.problem.RequestId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Tells who stands before a page. */
@Component
public class Visitors {
    private final FormCookie cookie;
    private final ClientAddress address;

    Visitors(FormCookie cookie, ClientAddress address) {
        this.cookie = cookie;
        this.address = address;
    }

    public Visitor of(ServerWebExchange exchange) {
        return visitor(exchange, digest(cookie.of(exchange)));
    }

    private Visitor visitor(ServerWebExchange exchange, String browser) {
        return new Visitor(
                RequestId.of(exchange),
                address.of(exchange),
                exchange.getRequest().getHeaders().getFirst(HttpHeaders.USER_AGENT),
                browser);
    }

    private static String digest(String cookie) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(cookie.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
        }
    }
}
