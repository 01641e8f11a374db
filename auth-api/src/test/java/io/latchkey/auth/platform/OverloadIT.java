package io.latchkey.auth.platform;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.Backend.requestFor;
import static io.latchkey.auth.Browser.json;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.Backend;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestRows;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Promise R9, on a node that takes in four requests at once. */
class OverloadIT {
    @Test
    void whatDoesNotFitIsRefusedAtOnceAndTheRestIsFinished() throws Exception {
        var port = RunningAuthApi.freePort();
        try (var node =
                        RunningAuthApi.get()
                                .startNode(port, "node-2", "--latchkey.admission.max-in-flight=4");
                var backend = new Backend(APP, "http://localhost:" + port);
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var lock = TestRows.connect()) {
            assertThat(node.isRunning()).isTrue();
            // Its first request takes its time: the secret is checked, classes are loaded.
            assertThat(backend.request(requestFor(newAddress())).statusCode()).isEqualTo(202);
            lock.setAutoCommit(false);
            lock.createStatement().execute("LOCK TABLE auth.link IN EXCLUSIVE MODE");
            var accepted = new ArrayList<Future<HttpResponse<String>>>();
            for (int i = 0; i < 4; i++) {
                accepted.add(threads.submit(() -> backend.request(requestFor(newAddress()))));
            }
            await().atMost(Duration.ofSeconds(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(
                            () ->
                                    TestRows.count(
                                                    "FROM pg_locks WHERE NOT granted AND relation ="
                                                            + " 'auth.link'::regclass")
                                            >= 4);

            var before = System.nanoTime();
            var refused = backend.request(requestFor(newAddress()));
            var took = Duration.ofNanos(System.nanoTime() - before);
            var stream = backend.http().get("/code/events", "Accept", "text/event-stream");
            var health = backend.http().get("/actuator/health/liveness");
            lock.rollback();

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(json(refused).required("code").stringValue()).isEqualTo("overloaded");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(took).isLessThan(Duration.ofSeconds(2));
            assertThat(stream.statusCode()).isEqualTo(503);
            assertThat(health.statusCode()).isEqualTo(200);
            for (var one : accepted) {
                assertThat(one.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(202);
            }
            assertThat(backend.request(requestFor(newAddress())).statusCode()).isEqualTo(202);
        }
    }
}
