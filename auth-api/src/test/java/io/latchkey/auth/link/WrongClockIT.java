package io.latchkey.auth.link;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import io.latchkey.events.LinkId;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Promise S5: a link lives by the database's clock, whatever a node's clock says (R13). */
class WrongClockIT {
    @ParameterizedTest
    @ValueSource(longs = {-60, 60})
    void aMinuteMakesNoDifference(long seconds) {
        var port = RunningAuthApi.freePort();
        var url = "http://localhost:" + port;
        var clock = InstantSource.offset(InstantSource.system(), Duration.ofSeconds(seconds));
        try (var node = RunningAuthApi.get().startNode(port, "wrong-clock", clock);
                var wrong = new Backend(APP, url);
                var right = new Backend(APP)) {
            assertThat(node.isRunning()).isTrue();
            var request = requestFor(newAddress());
            request.put("expires_in", 60);
            request.put("deliver_within", 60);
            var young = wrong.link(request);
            var old = wrong.link(requestFor(newAddress()));
            assertThat(lifeOf(young)).isEqualTo("00:02:00");
            setEnd(young, "20 seconds");
            setEnd(old, "-20 seconds");

            assertThat(press(url, old).statusCode()).isEqualTo(410);
            var pressed = press(url, young);

            assertThat(pressed.statusCode()).isEqualTo(303);
            var there = Backend.tokens(wrong.redeem(Person.code(pressed)));
            var here = right.signIn(newAddress());
            assertThat(userInfo(right, there).statusCode()).isEqualTo(200);
            assertThat(userInfo(wrong, here).statusCode()).isEqualTo(200);
        }
    }

    private static String lifeOf(LinkId link) {
        return String.valueOf(
                TestRows.select(
                                "SELECT expires_at - created_at AS life FROM auth.link WHERE id = ?",
                                link.value())
                        .getFirst()
                        .get("life"));
    }

    private static void setEnd(LinkId link, String fromNow) {
        TestRows.update(
                "UPDATE auth.link SET expires_at = now() + ?::interval WHERE id = ?",
                fromNow,
                link.value());
    }

    private static HttpResponse<String> press(String url, LinkId link) {
        try (var browser = new Browser(url)) {
            var page = browser.get(Person.path(link));
            return page.statusCode() == 200
                    ? browser.postForm(Person.path(link), Map.of("_csrf", Browser.field(page)))
                    : page;
        }
    }

    private static HttpResponse<String> userInfo(Backend backend, JsonNode tokens) {
        return backend.http()
                .get(
                        "/oauth2/userinfo",
                        "Authorization",
                        "Bearer " + tokens.required("access_token").stringValue());
    }
}
