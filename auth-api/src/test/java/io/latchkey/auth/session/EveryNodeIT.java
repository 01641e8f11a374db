package io.latchkey.auth.session;

import static io.latchkey.auth.Api.body;
import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Api;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** S16 on a node that has seen a session alive and was not the one to end it. */
class EveryNodeIT {
    private static final int PORT = RunningAuthApi.freePort();
    private static final String ELSEWHERE = "http://localhost:" + PORT;
    private static @Nullable ConfigurableApplicationContext node;

    private final Api app = Api.of(APP);
    private final Backend backend = new Backend(APP);
    private final Backend elsewhere = new Backend(APP, ELSEWHERE);
    private final Browser pages = new Browser(ELSEWHERE);

    @BeforeAll
    static void start() {
        node = RunningAuthApi.get().startNode(PORT, "node-elsewhere");
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @AfterEach
    void close() {
        app.close();
        backend.close();
        elsewhere.close();
        pages.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"access_token", "refresh_token"})
    void aRevokedSessionIsRefused(String which) {
        var tokens = seenAlive(backend.signIn(newAddress()));

        assertThat(
                        backend.http()
                                .postForm(
                                        "/oauth2/revoke",
                                        Map.of("token", text(tokens, which)),
                                        "Authorization",
                                        backend.authorization())
                                .statusCode())
                .isEqualTo(200);

        assertRefused(tokens);
    }

    @ParameterizedTest
    @EnumSource
    void whatEndsAllSessionsEndsThemOnOurPagesToo(EndOfAll end) {
        try (var person = new Person()) {
            var pressed = person.press(backend.link(newAddress()));
            var cookie = Browser.cookie(pressed, "latchkey");
            var tokens = seenAlive(Backend.tokens(backend.redeem(Person.code(pressed))));
            assertThat(account(cookie)).isEqualTo(200);

            assertThat(end.call(app, userOf(tokens)).statusCode()).isBetween(200, 204);

            assertRefused(tokens);
            assertThat(account(cookie)).as("sent to sign in").isEqualTo(303);
        }
    }

    /** Its tokens as the other node has given them, which has also been asked for their worth. */
    private JsonNode seenAlive(JsonNode tokens) {
        var refreshed = Backend.tokens(elsewhere.refresh(text(tokens, "refresh_token")));
        assertThat(isActive(refreshed, "access_token")).isTrue();
        assertThat(isActive(refreshed, "refresh_token")).isTrue();
        assertThat(userInfo(refreshed)).isEqualTo(200);
        return refreshed;
    }

    private void assertRefused(JsonNode tokens) {
        assertThat(isActive(tokens, "access_token")).isFalse();
        assertThat(isActive(tokens, "refresh_token")).isFalse();
        assertThat(userInfo(tokens)).isEqualTo(401);
        assertThat(elsewhere.refresh(text(tokens, "refresh_token")).body())
                .contains("invalid_grant");
    }

    private boolean isActive(JsonNode tokens, String which) {
        var answer =
                pages.postForm(
                        "/oauth2/introspect",
                        Map.of("token", text(tokens, which)),
                        "Authorization",
                        elsewhere.authorization());
        return body(answer, 200).required("active").booleanValue();
    }

    private int userInfo(JsonNode tokens) {
        var authorization = "Bearer " + text(tokens, "access_token");
        return pages.get("/oauth2/userinfo", "Authorization", authorization).statusCode();
    }

    private int account(String cookie) {
        return pages.get("/account", "Cookie", "latchkey=" + cookie).statusCode();
    }

    private String userOf(JsonNode tokens) {
        return text(
                body(app.get("/api/v1/sessions/" + text(tokens, "session_id")), 200), "user_id");
    }

    private static String text(JsonNode node, String name) {
        return node.required(name).stringValue();
    }
}
