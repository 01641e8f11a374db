package io.latchkey.audit.stream.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.TrailRows;
import io.latchkey.events.UserId;
import io.latchkey.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class StreamIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static AuditProcess process;
    private static TestTopics topics;
    private final UserId user = new UserId(UUID.randomUUID());

    @BeforeAll
    static void start() {
        process = AuditProcess.shared();
        topics = new TestTopics();
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    private static Flux<ServerSentEvent<String>> stream(
            WebTestClient client, String query, String lastEventId) {
        return client.get()
                .uri("/api/v1/audit/stream?" + query)
                .accept(MediaType.TEXT_EVENT_STREAM)
                .headers(
                        headers -> {
                            if (!lastEventId.isEmpty()) {
                                headers.set("Last-Event-ID", lastEventId);
                            }
                        })
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(new ParameterizedTypeReference<ServerSentEvent<String>>() {})
                .getResponseBody();
    }

    private static boolean isEvent(ServerSentEvent<String> event) {
        return event.data() != null;
    }

    @Test
    void eventsComeAsTheyAreRecordedInTheirOrderAndNoOthers() {
        var first = TestEvents.confirmedOf(user, 50);
        var second = TestEvents.confirmedOf(user, 50);
        var received = new ArrayList<String>();

        StepVerifier.create(stream(process.auditor(), "user_id=" + user, ""))
                .assertNext(opened -> assertThat(opened.comment()).isEqualTo("heartbeat"))
                .then(() -> topics.publish(first))
                .thenConsumeWhile(event -> !isEvent(event))
                .then(() -> topics.publish(second))
                .thenConsumeWhile(
                        event -> {
                            if (isEvent(event)) {
                                received.add(event.id() + " " + event.data());
                            }
                            return received.size() < 99;
                        })
                .thenCancel()
                .verify(PATIENCE);

        var all =
                process.events("order=asc&limit=200&user_id=" + user).stream()
                        .map(event -> event.get("sequence").toString())
                        .toList();
        assertThat(received)
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .isSubsetOf(all)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(98);
    }

    @Test
    void whoComesBackGoesOnAfterTheLastThatHeHad() {
        topics.publish(TestEvents.confirmedOf(user, 450));
        var ids = new ArrayList<String>();
        var last = "0";

        while (ids.size() < 450) {
            var part =
                    Objects.requireNonNull(
                            stream(process.auditor(), "user_id=" + user, last)
                                    .filter(StreamIT::isEvent)
                                    .map(event -> Objects.requireNonNull(event.id()))
                                    .take(130)
                                    .takeUntil(_ -> ids.size() >= 450)
                                    .take(Math.min(130, 450 - ids.size()))
                                    .collectList()
                                    .block(PATIENCE));
            ids.addAll(part);
            last = part.getLast();
        }

        var all = process.walk("order=asc&limit=200&user_id=" + user, () -> {});
        assertThat(ids.stream().map(Long::valueOf)).containsExactlyElementsOf(all);
    }

    @Test
    void whereNothingMatchesItTellsHowFarItHasRead() {
        var other = new UserId(UUID.randomUUID());

        StepVerifier.create(
                        stream(process.auditor(), "user_id=" + other, "")
                                .filter(event -> "read".equals(event.comment())))
                .then(() -> topics.publish(TestEvents.confirmedOf(user, 1)))
                .assertNext(read -> assertThat(read.id()).matches("[0-9]+"))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aDatabaseThatDoesNotAnswerForAWhileEndsNoStream() {
        var other = new UserId(UUID.randomUUID());

        StepVerifier.create(stream(process.auditor(), "user_id=" + user, ""))
                .expectNextCount(1)
                .then(() -> assertThatCode(StreamIT::holdUp).doesNotThrowAnyException())
                .then(() -> topics.publish(TestEvents.confirmedOf(user, 1)))
                .thenConsumeWhile(event -> !isEvent(event))
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);
        StepVerifier.create(stream(process.auditor(), "user_id=" + other, ""))
                .expectNextCount(1)
                .then(() -> topics.publish(TestEvents.confirmedOf(other, 1)))
                .thenConsumeWhile(event -> !isEvent(event))
                .expectNextCount(1)
                .thenCancel()
                .verify(PATIENCE);
    }

    /** For longer than anybody waits for an answer. */
    private static void holdUp() throws SQLException, InterruptedException {
        try (var connection = new TrailRows(AuditProcess.sharedDatabase()).connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE audit.log_state");
            TimeUnit.SECONDS.sleep(5);
        }
    }

    @Test
    void aReaderOfAnotherTenantSeesNothing() {
        StepVerifier.create(
                        stream(
                                        process.withToken(TestIssuer.reader("other")),
                                        "type=LinkConfirmed",
                                        "")
                                .filter(event -> isEvent(event) || "read".equals(event.comment())))
                .then(() -> topics.publish(TestEvents.confirmedOf(user, 1)))
                .assertNext(read -> assertThat(read.data()).isNull())
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aStreamEndsWithItsCredential() {
        var token =
                TestIssuer.token(
                        claims ->
                                claims.claim(
                                        "exp",
                                        Clock.systemUTC()
                                                .instant()
                                                .plusSeconds(3)
                                                .getEpochSecond()));

        StepVerifier.create(stream(process.withToken(token), "type=LinkConfirmed", ""))
                .expectNextCount(1)
                .thenConsumeWhile(_ -> true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aProcessThatIsStoppedEndsItsStreams() {
        var stopped = AuditProcess.start(TestPostgres.database("stopped"));

        StepVerifier.create(stream(stopped.auditor(), "", ""))
                .expectNextCount(1)
                .then(stopped::close)
                .thenConsumeWhile(_ -> true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "99999999999999999999", "1.5"})
    void whatIsNoIdOfTheStreamIsRefused(String id) {
        process.auditor()
                .get()
                .uri("/api/v1/audit/stream")
                .header("Last-Event-ID", id)
                .exchange()
                .expectStatus()
                .isBadRequest();
    }

    @Test
    void itIsForReadersWithRightParametersOnly() {
        process.anonymous()
                .get()
                .uri("/api/v1/audit/stream")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        process.auditor()
                .get()
                .uri("/api/v1/audit/stream?limit=1")
                .exchange()
                .expectStatus()
                .isBadRequest();
    }
}
