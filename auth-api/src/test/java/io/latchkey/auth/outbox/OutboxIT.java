package io.latchkey.auth.outbox;

import static io.latchkey.auth.Backend.newAddress;
import static io.latchkey.auth.RunningAuthApi.APP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.auth.AtOnce;
import io.latchkey.auth.Backend;
import io.latchkey.auth.Person;
import io.latchkey.auth.RunningAuthApi;
import io.latchkey.auth.TestEvents;
import io.latchkey.auth.TestRows;
import io.latchkey.events.EventId;
import io.latchkey.testing.TestKafka;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every change of state is one event, whatever happens to Kafka or to a node. */
class OutboxIT {
    private final OutboxStore store = RunningAuthApi.get().bean(OutboxStore.class);
    private final Backend backend = new Backend(APP);

    @AfterEach
    void close() {
        TestKafka.start();
        backend.close();
    }

    @Test
    void everyChangeIsOneEventAndNothingIsLeftBehind() {
        var links = AtOnce.times(40, () -> backend.link(newAddress()));
        for (var link : links.subList(0, 5)) {
            var _ = backend.revoke(link);
        }

        for (var link : links.subList(0, 5)) {
            TestEvents.awaitExactly(link, "LinkRequested", "LinkRevoked");
        }
        for (var link : links.subList(5, 40)) {
            TestEvents.awaitExactly(link, "LinkRequested");
        }
        awaitEmptyOutbox();
    }

    /** Promise R5. */
    @Test
    void whileKafkaIsAwayEverythingGoesOnAndItsEventsFollow() {
        awaitEmptyOutbox();
        TestKafka.stop();
        var link = backend.link(newAddress());
        String session;
        try (var person = new Person()) {
            var tokens = Backend.tokens(backend.redeem(person.confirm(link)));
            session = tokens.required("session_id").stringValue();
            var _ = Backend.tokens(backend.refresh(tokens.required("refresh_token").stringValue()));
        }
        assertThat(TestRows.count("FROM auth.outbox")).isPositive();

        TestKafka.start();

        awaitEmptyOutbox();
        TestEvents.awaitExactly(
                link,
                "LinkRequested",
                "UserCreated",
                "LinkConfirmed",
                // Of our own pages, and of the app.
                "SessionIssued",
                "SessionIssued",
                "SessionRefreshed");
        TestEvents.awaitExactly(session, "SessionIssued", "SessionRefreshed");
    }

    @Test
    void rowsOfADeadNodeAreTakenOver() {
        var link = backend.link(newAddress());
        TestEvents.awaitExactly(link, "LinkRequested");
        var event = EventId.next();
        TestRows.update(
                "INSERT INTO auth.outbox (id, topic, type, data, claimed_until)"
                        + " SELECT ?, 'latchkey.security-events', 'io.latchkey.LinkRevoked.v1',"
                        + " auth.about_link(l) || '{\"by\": \"app\"}', now() - interval '1 second'"
                        + " FROM auth.link l WHERE l.id = ?",
                event.value(),
                link.value());

        TestEvents.awaitExactly(link, "LinkRequested", "LinkRevoked");
        assertThat(TestEvents.about(link)).anyMatch(e -> e.id().equals(event));
        awaitEmptyOutbox();
    }

    @Test
    void rowsOfALivingNodeAreLeftAlone() {
        var row = plant(1, "20 seconds").getFirst();

        var taken = taken(1000);

        assertThat(taken).doesNotContain(row);
        assertThat(TestRows.update("DELETE FROM auth.outbox WHERE id = ?", row)).isEqualTo(1);
    }

    @Test
    void twoSweepersNeverTakeTheSameRow() {
        var planted = plant(300, "-1 second");

        var taken = AtOnce.times(8, () -> taken(50)).stream().flatMap(List::stream).toList();

        TestRows.update("DELETE FROM auth.outbox WHERE type = 'io.latchkey.Planted.v1'");
        assertThat(taken).isNotEmpty().doesNotHaveDuplicates();
        assertThat(new HashSet<>(planted)).containsAll(taken);
    }

    private List<UUID> taken(int atMost) {
        var rows = Objects.requireNonNull(store.claimExpired(atMost).block());
        return rows.stream().map(row -> row.id().value()).toList();
    }

    /** Rows of a type that nobody reads. */
    private static List<UUID> plant(int rows, String claimedFor) {
        var ids = Stream.generate(EventId::next).limit(rows).map(EventId::value).toList();
        TestRows.update(
                "INSERT INTO auth.outbox (id, topic, type, data, claimed_until)"
                        + " SELECT id, 'latchkey.mail-events-dlt', 'io.latchkey.Planted.v1', '{}',"
                        + " now() + ?::interval FROM unnest(?::uuid[]) AS id",
                claimedFor,
                ids.toString().replace('[', '{').replace(']', '}'));
        return ids;
    }

    private static void awaitEmptyOutbox() {
        await().atMost(Duration.ofSeconds(60)).until(() -> TestRows.count("FROM auth.outbox") == 0);
    }
}
