package io.latchkey.audit.platform;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The cookie that holds a {@link ConsoleSession}. Other sites cannot send it along with anything
 * but a link that is followed, and that changes nothing here.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis">RFC 6265bis,
 *     sections 4.1.2.7 and 4.1.3.2</a>
 */
public final class ConsoleCookie {
    static final String NAME = "latchkey_audit";

    /** Browsers take one with this prefix from this very host only, over TLS. */
    static final String OVER_TLS = "__Host-" + NAME;

    private ConsoleCookie() {}

    /** Keeps a session in the browser. */
    public static ResponseCookie of(ServerHttpRequest request, String session) {
        return cookie(request, session, ConsoleSession.LIFETIME);
    }

    /** Has the browser forget it. */
    public static ResponseCookie none(ServerHttpRequest request) {
        return cookie(request, "", Duration.ZERO);
    }

    private static ResponseCookie cookie(ServerHttpRequest request, String value, Duration maxAge) {
        var overTls = isOverTls(request);
        return ResponseCookie.from(overTls ? OVER_TLS : NAME, value)
                .path("/")
                .httpOnly(true)
                .secure(overTls)
                .sameSite("Lax")
                .maxAge(maxAge)
                .build();
    }

    /** As the proxy in front says, too: it can make the cookie stricter, and nothing else. */
    private static boolean isOverTls(ServerHttpRequest request) {
        return "https".equals(request.getURI().getScheme())
                || "https".equals(request.getHeaders().getFirst("X-Forwarded-Proto"));
    }

    static Optional<String> session(ServerHttpRequest request) {
        var cookies = request.getCookies();
        return Stream.of(OVER_TLS, NAME)
                .map(cookies::getFirst)
                .filter(Objects::nonNull)
                .map(HttpCookie::getValue)
                .findFirst();
    }
}
