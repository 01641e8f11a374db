package io.latchkey.audit.balance.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.events.Event;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.Intent;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.LinkSuppressed;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailRequeued;
import io.latchkey.events.MailSent;
import io.latchkey.events.RevokedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BalanceIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant ACCEPTED = Instant.parse("2031-02-03T04:05:06Z");
    private static final String RANGE = "from=2031-02-03T00:00:00Z&to=2031-02-04T00:00:00Z";
    private final AuditProcess process = AuditProcess.shared();
    private final List<EventEnvelope<?>> events = new ArrayList<>();

    private EventContext about(LinkId link) {
        return EventContext.of("default", null, null).withLink(link);
    }

    private void tell(Instant time, Event event) {
        events.add(new EventEnvelope<>(EventId.next(), "test", time, event));
    }

    private LinkId accepted() {
        var link = LinkId.next();
        var requested = TestEvents.of(LinkRequested.class).event();
        tell(ACCEPTED, requestedOf((LinkRequested) requested, about(link)));
        return link;
    }

    private static LinkRequested requestedOf(LinkRequested like, EventContext context) {
        return new LinkRequested(
                context,
                like.kid(),
                like.email(),
                like.intent(),
                like.locale(),
                like.requestedAt(),
                like.deliverBy(),
                like.expiresIn(),
                like.confirmUrlBase(),
                like.app(),
                like.mail(),
                like.seal());
    }

    private void sent(LinkId link) {
        tell(ACCEPTED, new MailSent(about(link), 1, "relay", "250 ok", ACCEPTED, 5));
    }

    private void abandoned(LinkId link) {
        tell(ACCEPTED, new MailAbandoned(about(link), 3));
    }

    private void requeued(LinkId link) {
        tell(ACCEPTED, new MailRequeued(about(link), 3));
    }

    private void revoked(LinkId link) {
        tell(ACCEPTED, new LinkRevoked(about(link), RevokedBy.APP));
    }

    @Test
    void everyLinkIsCountedOnceWhateverTheOrderItsEventsComeIn() {
        accepted();
        sent(accepted());
        abandoned(accepted());
        revoked(accepted());
        tell(ACCEPTED, new LinkSuppressed(about(LinkId.next()), Intent.SIGN_IN));
        var replayed = accepted();
        abandoned(replayed);
        requeued(replayed);
        var mailedAfterAll = accepted();
        abandoned(mailedAfterAll);
        requeued(mailedAfterAll);
        sent(mailedAfterAll);
        var mailedThenRevoked = accepted();
        sent(mailedThenRevoked);
        revoked(mailedThenRevoked);
        var twiceAbandoned = accepted();
        abandoned(twiceAbandoned);
        requeued(twiceAbandoned);
        abandoned(twiceAbandoned);
        var revokedThenAbandoned = accepted();
        revoked(revokedThenAbandoned);
        abandoned(revokedThenAbandoned);
        // Never accepted: not in the books.
        sent(LinkId.next());
        // Accepted at another time.
        tell(
                ACCEPTED.plus(Duration.ofDays(1)),
                new LinkSuppressed(about(LinkId.next()), Intent.SIGN_IN));
        var twice = new ArrayList<>(events);
        IntStream.range(0, 2).forEach(_ -> twice.addAll(events));
        Collections.shuffle(twice, new Random(1));

        try (var topics = new TestTopics()) {
            topics.publish(twice);
        }

        await().atMost(SOON)
                .untilAsserted(
                        () ->
                                assertThat(balance(RANGE))
                                        .containsEntry("accepted", 10)
                                        .containsEntry("mailed", 3)
                                        .containsEntry("abandoned", 3)
                                        .containsEntry("suppressed", 1)
                                        .containsEntry("revoked", 1)
                                        .containsEntry("in_flight", 2)
                                        .containsEntry("oldest_in_flight_seconds", 0));
    }

    private Map<String, Object> balance(String query) {
        return process.get("/api/v1/audit/balance?" + query);
    }

    @Test
    void booksOfAllTimesBalanceToo() {
        var all = balance("");

        assertThat(all)
                .containsOnlyKeys(
                        "accepted",
                        "mailed",
                        "abandoned",
                        "suppressed",
                        "revoked",
                        "in_flight",
                        "oldest_in_flight_seconds");
        assertThat(number(all, "accepted"))
                .isEqualTo(
                        number(all, "mailed")
                                + number(all, "abandoned")
                                + number(all, "suppressed")
                                + number(all, "revoked")
                                + number(all, "in_flight"));
    }

    private static long number(Map<String, Object> balance, String name) {
        return ((Number) balance.get(name)).longValue();
    }

    @Test
    void itIsForReadersWithRightParametersOnly() {
        process.anonymous()
                .get()
                .uri("/api/v1/audit/balance")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        process.auditor()
                .get()
                .uri("/api/v1/audit/balance?from=yesterday&type=x")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors.length()")
                .isEqualTo(2);
    }
}
