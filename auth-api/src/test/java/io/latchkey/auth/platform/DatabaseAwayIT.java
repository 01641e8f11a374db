package io.latchkey.auth.platform;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Backend;
import io.latchkey.auth.Browser;
import io.latchkey.auth.Person;
import io.latchkey.auth.TestEvents;
import io.latchkey.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Promise R7. */
class DatabaseAwayIT {
    private final Backend backend = new Backend(APP);
    private final Person person = new Person();

    @AfterEach
    void close() {
        TestPostgres.start();
        person.close();
        backend.close();
    }

    @Test
    void withoutTheDatabaseTheAnswerIsAQuick503AndNothingIsHalfDone() throws Exception {
        var link = backend.link(newAddress());
        var field = Browser.field(person.open(link));
        var tokens = backend.signIn(newAddress());
        var refreshToken = tokens.required("refresh_token").stringValue();

        TestPostgres.stop();

        for (int i = 0; i < 2; i++) {
            assertUnavailable(() -> backend.request(requestFor(newAddress())));
            assertUnavailable(() -> person.open(link));
            assertUnavailable(() -> person.submit(link, field));
            var refused = timed(() -> backend.refresh(refreshToken));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).required("error").stringValue())
                    .isEqualTo("temporarily_unavailable");
        }
        assertThat(person.browser().get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(person.browser().get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(person.browser().get("/oauth2/jwks").statusCode()).isEqualTo(200);
        assertThat(person.browser().get("/l/forged").statusCode()).isEqualTo(404);

        TestPostgres.start();

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(person.open(link).statusCode()).isEqualTo(200));
        assertThat(person.submit(link, field).statusCode()).isEqualTo(303);
        var next = Backend.tokens(backend.refresh(refreshToken));
        assertThat(next.required("session_id")).isEqualTo(tokens.required("session_id"));
        TestEvents.awaitExactly(
                link, "LinkRequested", "UserCreated", "LinkConfirmed", "SessionIssued");
    }

    private static void assertUnavailable(Callable<HttpResponse<String>> call) throws Exception {
        var answer = timed(call);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(json(answer).required("code").stringValue()).isEqualTo("unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
    }

    private static <T> T timed(Callable<T> call) throws Exception {
        var before = System.nanoTime();
        var result = call.call();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
        return result;
    }
}
