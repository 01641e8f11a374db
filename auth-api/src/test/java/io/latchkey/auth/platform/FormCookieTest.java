package io.latchkey.auth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** Promise S13: what ties a form to its browser. */
class FormCookieTest {
    @Test
    void overTlsItIsBoundToOurHost() {
        assertThat(set("https://login.example", "__Host-latchkey-form").toString())
                .contains("Path=/;", "Secure", "HttpOnly", "SameSite=Lax")
                .doesNotContain("Domain");
    }

    @Test
    void onLoopbackItHasNoPrefix() {
        assertThat(set("http://localhost:8080", "latchkey-form").toString())
                .contains("HttpOnly", "SameSite=Lax")
                .doesNotContain("Secure");
    }

    private static ResponseCookie set(String publicUrl, String name) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        var repository =
                new FormCookie(new LatchkeyProperties(URI.create(publicUrl), "keys", "key", "node"))
                        .repository();

        repository
                .generateToken(exchange)
                .flatMap(token -> repository.saveToken(exchange, token))
                .block();

        assertThat(exchange.getResponse().getCookies()).containsOnlyKeys(name);
        return exchange.getResponse().getCookies().toSingleValueMap().get(name);
    }
}
