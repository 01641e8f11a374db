package io.latchkey.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.secret.RefreshToken;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** Promise S13: what a browser is given to keep. */
class HostedCookieTest {
    private static final String NAME = "__Host-latchkey";
    private static final KeyRing RING = KeyRing.parse(KeyRing.generate("k001"));
    private final HostedCookie cookie = cookie("https://login.example", RING);

    @Test
    void overTlsItIsBoundToOurHost() {
        var exchange = exchange("");

        cookie.set(exchange, new HostedSession(SessionId.next(), "k001", Duration.ofHours(1)));

        var set = exchange.getResponse().getCookies().getFirst(NAME);
        assertThat(set).isNotNull();
        assertThat(set.toString())
                .contains("Path=/;", "Max-Age=3600;", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void onLoopbackItHasNoPrefix() {
        var exchange = exchange("");

        cookie("http://localhost:8080", RING)
                .set(exchange, new HostedSession(SessionId.next(), "k001", Duration.ofHours(1)));

        var set = exchange.getResponse().getCookies().getFirst("latchkey");
        assertThat(set).isNotNull();
        assertThat(set.toString()).contains("HttpOnly").doesNotContain("Secure");
    }

    @Test
    void whatIsSetIsReadAgain() {
        var id = SessionId.next();
        var given = RefreshToken.of(id, 1, "k001", RING);

        assertThat(cookie.of(exchange(given)).map(RefreshToken::sessionId)).contains(id);
    }

    @Test
    void aKeyThatIsGoneOrAnotherGenerationIsNothing() {
        var id = SessionId.next();
        var successor = KeyRing.parse(KeyRing.generate("k002"));

        assertThat(
                        cookie("https://login.example", successor)
                                .of(exchange(RefreshToken.of(id, 1, "k001", RING))))
                .isEmpty();
        assertThat(cookie.of(exchange(RefreshToken.of(id, 2, "k001", RING)))).isEmpty();
        assertThat(cookie.of(exchange("x"))).isEmpty();
    }

    @Test
    void onlyABrowserThatHasItIsToldToForgetIt() {
        var without = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        var with = exchange("x");

        cookie.clear(without);
        cookie.clear(with);

        assertThat(without.getResponse().getCookies()).isEmpty();
        assertThat(with.getResponse().getCookies().getFirst(NAME).toString())
                .contains("Max-Age=0;");
    }

    private static HostedCookie cookie(String publicUrl, KeyRing ring) {
        return new HostedCookie(
                new LatchkeyProperties(URI.create(publicUrl), "keys", "key", "node"), ring);
    }

    private static MockServerWebExchange exchange(String value) {
        return MockServerWebExchange.from(
                MockServerHttpRequest.get("/").cookie(new HttpCookie(NAME, value)));
    }
}
