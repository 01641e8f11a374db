package io.latchkey.auth;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static io.latchkey.auth.RunningAuthApi.LIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.events.LinkId;
import io.latchkey.events.SessionId;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** What holds across a restart of a node: promises S5, S12 and S15. */
class RestartIT {
    private final String limited = newAddress();

    @Test
    void nothingIsForgotten() {
        LinkId used;
        LinkId revoked;
        JsonNode begun;
        JsonNode refreshed;
        try (var node = new Node()) {
            used = node.app.link(newAddress());
            revoked = node.app.link(newAddress());
            assertThat(node.app.revoke(revoked).statusCode()).isEqualTo(204);
            begun = Backend.tokens(node.app.redeem(Person.code(node.press(used))));
            refreshed = Backend.tokens(node.app.refresh(refreshToken(begun)));
            for (int i = 0; i < 5; i++) {
                assertThat(node.limited.request(requestFor(limited)).statusCode()).isEqualTo(202);
            }
        }

        try (var node = new Node()) {
            assertThat(node.open(used)).contains("link_used");
            assertThat(node.open(revoked)).contains("link_revoked");
            assertThat(node.limited.request(requestFor(limited)).statusCode()).isEqualTo(429);
            // However long the start has taken.
            lastUsed(begun, "-1 second");
            assertThat(refreshToken(Backend.tokens(node.app.refresh(refreshToken(begun)))))
                    .isEqualTo(refreshToken(refreshed));
            lastUsed(begun, "-11 seconds");
            assertThat(node.app.refresh(refreshToken(begun)).body()).contains("invalid_grant");
            assertThat(node.app.refresh(refreshToken(refreshed)).body()).contains("invalid_grant");
            // The predecessor was answered again, not used again.
            TestEvents.awaitExactly(
                    sessionId(begun),
                    "SessionIssued",
                    "SessionRefreshed",
                    "RefreshReuseDetected",
                    "SessionRevoked");
        }
    }

    private static void lastUsed(JsonNode tokens, String fromNow) {
        TestRows.update(
                "UPDATE auth.session SET rotated_at = ARRAY[now() + ?::interval] WHERE id = ?",
                fromNow,
                sessionId(tokens).value());
    }

    private static SessionId sessionId(JsonNode tokens) {
        return SessionId.parse(tokens.required("session_id").stringValue());
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.required("refresh_token").stringValue();
    }

    /** One that comes and goes. */
    private static final class Node implements AutoCloseable {
        private final int port = RunningAuthApi.freePort();
        private final String url = "http://localhost:" + port;
        private final ConfigurableApplicationContext context =
                RunningAuthApi.get().startNode(port, "restarted");
        final Backend app = new Backend(APP, url);
        final Backend limited = new Backend(LIMITED, url);
        private final Browser browser = new Browser(url);

        HttpResponse<String> press(LinkId link) {
            var field = Browser.field(browser.get(Person.path(link)));
            return browser.postForm(Person.path(link), Map.of("_csrf", field));
        }

        String open(LinkId link) {
            return browser.get(Person.path(link), "Accept", "application/json").body();
        }

        @Override
        public void close() {
            app.close();
            limited.close();
            browser.close();
            context.close();
        }
    }
}
