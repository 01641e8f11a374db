package io.latchkey.audit.query.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkRejected;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.Outcome;
import io.latchkey.events.UserId;
import io.latchkey.events.secret.SubjectKey;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsIT {
    private static AuditProcess process;
    private static TestTopics topics;

    @BeforeAll
    static void start() {
        process = AuditProcess.shared();
        topics = new TestTopics();
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @Test
    void everyFilterFindsItsOwnAndNoOther() {
        var address = EmailAddress.parse("Filter.Me@MAIL.example");
        var subject = SubjectKey.parse(AuditProcess.SUBJECT_KEY).subject(address);
        var context =
                TestEvents.context()
                        .withAddress(subject, address.masked())
                        .withClient("2001:db8::17", "agent")
                        .withOutcome(Outcome.REFUSED, "expired");
        var wanted = TestEvents.envelope(new LinkRejected(context));
        var others =
                Stream.generate(() -> TestEvents.confirmed(TestEvents.context())).limit(3).toList();
        publish(Stream.concat(Stream.of(wanted), others.stream()).toList());

        var user = "&user_id=" + context.userId();
        for (var query :
                List.of(
                        "app_id=" + context.appId(),
                        "user_id=" + context.userId(),
                        "link_id=" + context.linkId(),
                        "session_id=" + context.sessionId(),
                        "email=filter.me@mail.example",
                        "email=FILTER.ME@mail.Example",
                        "ip=2001:0db8:0:0::17",
                        "type=LinkRejected" + user,
                        "outcome=refused" + user,
                        "from=2026-05-04T03:02:01.123456Z" + user,
                        "to=2026-05-04T05:02:01.123457%2B02:00" + user,
                        "order=asc" + user,
                        "limit=1" + user)) {
            assertThat(process.events(query))
                    .as(query)
                    .extracting(event -> event.get("event_id"))
                    .containsExactly(wanted.id().toString());
        }
        for (var query :
                List.of(
                        "type=LinkConfirmed" + user,
                        "outcome=success" + user,
                        "from=2026-05-04T03:02:01.123457Z" + user,
                        "to=2026-05-04T03:02:01.123456Z" + user,
                        "ip=2001:db8::18" + user,
                        "email=filterme@mail.example" + user)) {
            assertThat(process.events(query)).as(query).isEmpty();
        }
    }

    @Test
    void pagesHaveNoGapAndNoDoubleWhileEventsArrive() {
        var user = new UserId(TestEvents.context().userId().value());
        publish(TestEvents.confirmedOf(user, 40));

        var newestFirst =
                process.walk(
                        "user_id=" + user + "&limit=7",
                        () -> publish(TestEvents.confirmedOf(user, 5)));
        var oldestFirst =
                process.walk(
                        "order=asc&user_id=" + user + "&limit=9",
                        () -> publish(TestEvents.confirmedOf(user, 2)));

        var all = oldestFirst.stream().sorted().toList();
        assertThat(oldestFirst).isEqualTo(all).doesNotHaveDuplicates();
        assertThat(newestFirst).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        // Of those that were there when the walk began, each once
        assertThat(newestFirst).hasSize(40).hasSameElementsAs(all.subList(0, 40));
        assertThat(oldestFirst).hasSizeGreaterThan(40 + 5 * 5);
        assertThat(process.events("user_id=" + user + "&limit=200"))
                .hasSizeGreaterThanOrEqualTo(oldestFirst.size());
    }

    @Test
    void timelineOfALinkIsOldestFirst() {
        var link = TestEvents.context().linkId();
        var about = EventContext.of("default", null, null).withLink(link);
        publish(List.of(TestEvents.envelope(new LinkSuppressed(about, Intent.SIGN_IN))));
        publish(List.of(TestEvents.confirmed(about)));

        var timeline = process.get("/api/v1/audit/links/" + link);

        assertThat(timeline)
                .containsOnlyKeys("link_id", "items")
                .containsEntry("link_id", link.toString());
        assertThat(process.items("/api/v1/audit/links/" + link))
                .extracting(event -> event.get("type"))
                .containsExactly("LinkSuppressed", "LinkConfirmed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link_01jv0000000000000000000000",
                "link_x",
                "evt_01jv0000000000000000000000"
            })
    void unknownLinkIsNotFound(String link) {
        process.auditor()
                .get()
                .uri("/api/v1/audit/links/" + link)
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=yesterday",
                "from=2026-05-04T03:02:01",
                "from=%2B999999999-01-01T00:00:00Z",
                "to=",
                "type=linkrequested",
                "type=io.latchkey.LinkRequested.v1",
                "outcome=SUCCESS",
                "app_id=x",
                "email=a@b@c.example",
                "email=",
                "user_id=link_01jv0000000000000000000000",
                "link_id=%00",
                "session_id=x",
                "ip=localhost",
                "ip=203.0.113.7:80",
                "limit=0",
                "limit=201",
                "limit=1.5",
                "limit=99999999999",
                "cursor=x",
                "cursor=AAAAAAAAAAAA&order=asc",
                "order=up",
                "limit=1&limit=2",
                "user=1"
            })
    void wrongParameterIsNamedAndItsValueIsNotRepeated(String query) {
        process.auditor()
                .get()
                .uri(URI.create(process.url("/api/v1/audit/events?" + query)))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("invalid_request")
                .jsonPath("$.errors.length()")
                .isEqualTo(1)
                .jsonPath("$.errors[0].pointer")
                .isEqualTo(query.substring(0, query.indexOf('=')))
                .jsonPath("$.errors[0].detail")
                .isNotEmpty();
    }

    /** Returns when they are all in the trail. */
    private static void publish(List<EventEnvelope<?>> events) {
        topics.publish(events);
        var ids = new HashSet<>(events.stream().map(event -> event.id().toString()).toList());
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> {
                            process.events("limit=200")
                                    .forEach(event -> ids.remove(event.get("event_id")));
                            return ids.isEmpty();
                        });
    }
}
