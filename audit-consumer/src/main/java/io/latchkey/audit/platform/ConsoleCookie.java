package io.latchkey.audit.platform;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
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

    /** Of several proxies the one that the browser talks to comes first. */
    private static final Pattern FORWARDED_TLS = Pattern.compile("(?i)https *(,|$)");

    private ConsoleCookie() {}

    /** Keeps a session in the browser. */
    public static ResponseCookie of(ServerHttpRequest request, String session) {
        return cookie(isOverTls(request), session, ConsoleSession.LIFETIME);
    }

    /** Have the browser forget it, by whichever name it has it. */
    public static Stream<ResponseCookie> none() {
        return Stream.of(cookie(true, "", Duration.ZERO), cookie(false, "", Duration.ZERO));
    }

    /** Whether nobody between can read it: over TLS, or on this very machine. */
    public static boolean isSafe(ServerHttpRequest request) {
        var host = Objects.requireNonNullElse(request.getURI().getHost(), "");
        return isOverTls(request)
                || host.equals("localhost")
                || host.equals("[::1]")
                || host.startsWith("127.");
    }

    private static ResponseCookie cookie(boolean overTls, String value, Duration maxAge) {
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
                || FORWARDED_TLS
                        .matcher(
                                Objects.requireNonNullElse(
                                        request.getHeaders().getFirst("X-Forwarded-Proto"), ""))
                        .lookingAt();
    }

    /** What may be one: a browser has two where it signed in with TLS and without. */
    static Stream<String> sessions(ServerHttpRequest request) {
        var cookies = request.getCookies();
        return Stream.of(OVER_TLS, NAME)
                .flatMap(name -> cookies.getOrDefault(name, List.of()).stream())
                .map(HttpCookie::getValue);
    }
}
