package io.latchkey.auth.signin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.LinkId;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** Promise S13: what a waiting browser is given to keep. */
class WaitingCookieTest {
    @Test
    void overTlsItIsBoundToOurHost() {
        assertThat(set("https://login.example", "__Host-latchkey-link").toString())
                .contains("Path=/;", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void onLoopbackItHasNoPrefix() {
        assertThat(set("http://localhost:8080", "latchkey-link").toString())
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
    }

    private static ResponseCookie set(String publicUrl, String name) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));

        new WaitingCookie(new LatchkeyProperties(URI.create(publicUrl), "keys", "key", "node"))
                .set(LinkId.next(), exchange);

        assertThat(exchange.getResponse().getCookies()).containsOnlyKeys(name);
        return exchange.getResponse().getCookies().toSingleValueMap().get(name);
    }
}
