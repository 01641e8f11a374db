package io.latchkey.audit.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.TrailRows;
import io.latchkey.events.UserId;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestKafka;
import io.latchkey.testing.TestPostgres;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole processes, killed and cut off from what they need, on a database of their own. */
class AppenderIT {
    private final TestDatabase database = TestPostgres.database("appender");
    private final TrailRows rows = new TrailRows(database);
    private final UserId user = new UserId(TestEvents.context().userId().value());

    @AfterEach
    void everythingRuns() {
        TestPostgres.start();
        TestKafka.start();
    }

    @Test
    void twoProcessesKilledAtAnyMomentRecordEachEventOnce() {
        try (var topics = new TestTopics()) {
            var events = TestEvents.confirmedOf(user, 4_000);
            var first = AuditProcess.start(database);
            topics.publish(TestEvents.confirmedOf(user, 200));
            try (var second = AuditProcess.start(database)) {
                var publishing =
                        CompletableFuture.runAsync(
                                () -> {
                                    for (int i = 0; i < events.size(); i += 100) {
                                        topics.publish(events.subList(i, i + 100));
                                        // As a sweeper does that takes over from a dead relay
                                        topics.publish(events.subList(i, i + 10));
                                    }
                                });
                var kills = 0L;
                while (!isDoneWithin(Duration.ofMillis(100), publishing)) {
                    kills += rows.killAppenders();
                }
                assertThat(kills).isPositive();
                first.close();
                awaitRecorded(4_200);

                topics.publish(events);
                topics.publish(TestEvents.confirmedOf(user, 1));
                awaitRecorded(4_201);
                assertThat(
                                second.anonymous()
                                        .get()
                                        .uri("/actuator/prometheus")
                                        .exchange()
                                        .expectBody(String.class)
                                        .returnResult()
                                        .getResponseBody())
                        .containsPattern("latchkey_audit_appending\\{[^}]*} 1.0")
                        .containsPattern(
                                "latchkey_audit_records_total\\{[^}]*duplicate[^}]*} [1-9]");
            }

            topics.publish(TestEvents.confirmedOf(user, 100));
            try (var restarted = AuditProcess.start(database)) {
                awaitRecorded(4_301);
                assertThat(restarted.events("limit=1&user_id=" + user)).hasSize(1);
            }
        }
    }

    @Test
    void outagesPauseTheTrailAndLoseNothing() {
        try (var topics = new TestTopics();
                var process = AuditProcess.start(database)) {
            topics.publish(TestEvents.confirmedOf(user, 50));
            awaitRecorded(50);

            TestPostgres.stop();
            topics.publish(TestEvents.confirmedOf(user, 500));
            expectUnavailableSoon(process);
            process.anonymous()
                    .get()
                    .uri("/actuator/health/readiness")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503);
            TestPostgres.start();
            awaitRecorded(550);
            assertThat(process.events("limit=200&user_id=" + user)).hasSize(200);

            TestKafka.stop();
            assertThat(process.events("limit=200&user_id=" + user)).hasSize(200);
            process.anonymous()
                    .get()
                    .uri("/actuator/health/readiness")
                    .exchange()
                    .expectStatus()
                    .isOk();
            TestKafka.start();
            topics.publish(TestEvents.confirmedOf(user, 50));
            awaitRecorded(600);
        }
    }

    private static boolean isDoneWithin(Duration time, Future<?> work) {
        try {
            work.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void expectUnavailableSoon(AuditProcess process) {
        for (int i = 0; i < 5; i++) {
            var began = System.nanoTime();
            process.auditor()
                    .get()
                    .uri("/api/v1/audit/events")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .exists("Retry-After")
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(3));
        }
    }

    private void awaitRecorded(int count) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(
                        () ->
                                rows.number(
                                                "SELECT count(*) FROM audit.audit_event WHERE user_id = '%s'"
                                                        .formatted(user.value()))
                                        == count);
        assertThat(rows.isWhole()).isTrue();
    }
}
