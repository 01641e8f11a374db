package io.latchkey.audit.ingest.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TrailRows;
import io.latchkey.audit.ingest.AuditBatch;
import io.latchkey.audit.ingest.PartitionId;
import io.latchkey.audit.ingest.RefusedBatchException;
import io.latchkey.audit.ingest.SignedCheckpoint;
import io.latchkey.audit.ingest.StoreUnavailableException;
import io.latchkey.audit.tlog.TreeHash;
import io.latchkey.audit.tlog.TreeHead;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.EventId;
import io.latchkey.events.Outcome;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestPostgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class PostgresAuditStoreIT {
    private static final PartitionId PARTITION =
            new PartitionId(UUID.randomUUID(), "latchkey.security-events", 4);

    private final TestDatabase database = TestPostgres.database("store");
    private final TrailRows rows = new TrailRows(database);
    private final PostgresAuditStore store =
            new PostgresAuditStore(
                    new DriverManagerDataSource(
                            database.jdbcUrl() + "?ApplicationName=latchkey-audit",
                            database.username(),
                            database.password()));

    @BeforeEach
    void migrate() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/audit")
                .schemas("audit")
                .javaMigrations(new V3__LeavesOfEarlierEvents())
                .load()
                .migrate();
    }

    @Test
    void oneIsTheAppenderUntilItClosesOrIsLost() {
        var first = store.tryBecomeAppender().orElseThrow();

        assertThat(store.tryBecomeAppender()).isEmpty();

        first.close();
        var second = store.tryBecomeAppender().orElseThrow();
        assertThat(rows.killAppenders()).isPositive();
        assertThatThrownBy(second::keepAlive).isInstanceOf(StoreUnavailableException.class);
        await().ignoreExceptions().until(() -> store.tryBecomeAppender().isPresent());
    }

    @Test
    void batchIsAppendedWithItsOffsetsAndKnownEventsAreNot() {
        var known = event("default");
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            assertThat(session.nextOffsets(PARTITION.topicId())).isEmpty();

            assertThat(session.append(batch(7, known, event("default"), known))).isEqualTo(2);
            assertThat(session.append(batch(9, event("default"), known))).isEqualTo(1);
            assertThat(session.append(batch(12))).isZero();

            assertThat(session.nextOffsets(PARTITION.topicId())).isEqualTo(Map.of(4, 12L));
            assertThat(session.nextOffsets(UUID.randomUUID())).isEmpty();
        }
        assertThat(rows.number("SELECT count(*) FROM audit.audit_event")).isEqualTo(3);
        assertThat(rows.isWhole()).isTrue();
    }

    @Test
    void holderOfAnOldRevisionChangesNothing() throws SQLException {
        try (var old = PostgresAppendSession.begin(rows.connect());
                var current = PostgresAppendSession.begin(rows.connect())) {
            current.append(batch(5, event("default")));

            assertThatThrownBy(() -> old.append(batch(3, event("default"))))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> old.append(batch(3)))
                    .isInstanceOf(StoreUnavailableException.class);

            assertThat(current.append(batch(6, event("default")))).isEqualTo(1);
            assertThat(current.nextOffsets(PARTITION.topicId())).isEqualTo(Map.of(4, 6L));
        }
        assertThat(rows.number("SELECT size FROM audit.log_state")).isEqualTo(2);
        assertThat(rows.isWhole()).isTrue();
    }

    @Test
    void refusedBatchChangesNothingAndTheSessionGoesOn() {
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            assertThatThrownBy(() -> session.append(batch(3, event("default"), event("nul\0"))))
                    .isInstanceOf(RefusedBatchException.class);
            assertThat(session.nextOffsets(PARTITION.topicId())).isEmpty();

            assertThat(session.append(batch(3, event("default")))).isEqualTo(1);
        }
        assertThat(rows.isWhole()).isTrue();
    }

    @Test
    void wrongSizeOfTheLogIsNotTakenForABadEvent() throws SQLException {
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            session.append(batch(1, event("default")));
        }
        try (var connection = rows.connect();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE audit.log_state SET size = 0");
        }
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            assertThatThrownBy(() -> session.append(batch(2, event("default"))))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @Test
    void theLogGrowsWithTheTrailAndIsReadAgainAsItWas() {
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            assertThat(session.head()).isEqualTo(new TreeHead(0, TreeHash.ofNothing()));
            for (int i = 0; i < 300; i++) {
                session.append(batch(i, event("default"), event("default")));
            }
            var head = session.head();
            assertThat(head.size()).isEqualTo(600);
            assertThat(session.headAt(600)).isEqualTo(head);

            session.append(batch(300, event("default")));
            assertThat(session.headAt(600)).isEqualTo(head);
        }
        try (var next = store.tryBecomeAppender().orElseThrow()) {
            assertThat(next.head().size()).isEqualTo(601);
            assertThat(next.headAt(601)).isEqualTo(next.head());
        }
    }

    @Test
    void checkpointsAreKeptUntilTheyArePublishedAndByTheAppenderOnly() throws SQLException {
        try (var old = PostgresAppendSession.begin(rows.connect());
                var current = PostgresAppendSession.begin(rows.connect())) {
            current.append(batch(5, event("default")));
            var checkpoint = new SignedCheckpoint(current.head(), "note");
            current.keep(checkpoint);

            assertThatThrownBy(() -> old.keep(new SignedCheckpoint(old.head(), "forged")))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThat(current.lastCheckpoint()).contains(checkpoint);
            assertThat(current.unpublished()).containsExactly(checkpoint);
            current.setPublished(checkpoint);
            assertThat(current.unpublished()).isEmpty();
            assertThat(current.append(batch(6, event("default")))).isEqualTo(1);
        }
    }

    @Test
    void minutesAndHoursKnowWhatIsInThemAndKnownEventsAreNotCountedAgain() {
        var early = Instant.parse("2026-05-04T03:02:59.999999Z");
        var known = event("default", early, Outcome.REFUSED);
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            session.append(
                    batch(
                            1,
                            known,
                            event("default", early, Outcome.REFUSED),
                            event("default", early, null),
                            event("default", early.plusNanos(1000), Outcome.REFUSED)));
            session.append(
                    batch(
                            2,
                            known,
                            event("default", early, Outcome.REFUSED),
                            event("default", early.plus(Duration.ofHours(1)), Outcome.REFUSED)));
        }

        assertThat(
                        rows.texts(
                                "SELECT concat_ws(' ', minute AT TIME ZONE 'UTC', type, outcome,"
                                        + " events) FROM audit.event_count"
                                        + " ORDER BY minute, outcome"))
                .containsExactly(
                        "2026-05-04 03:02:00 LinkConfirmed  1",
                        "2026-05-04 03:02:00 LinkConfirmed refused 3",
                        "2026-05-04 03:03:00 LinkConfirmed refused 1",
                        "2026-05-04 04:02:00 LinkConfirmed refused 1");
        assertThat(
                        rows.texts(
                                "SELECT concat_ws(' ', hour AT TIME ZONE 'UTC', block)"
                                        + " FROM audit.event_hour ORDER BY hour"))
                .containsExactly("2026-05-04 03:00:00 0", "2026-05-04 04:00:00 0");
    }

    @Test
    void hoursKnowEveryBlockOfTheirEvents() {
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            for (int i = 1; i <= 5; i++) {
                var events = Stream.generate(() -> event("default")).limit(i < 5 ? 4095 : 8);
                session.append(new AuditBatch(events.toList(), Map.of(PARTITION, (long) i)));
            }
        }

        assertThat(rows.texts("SELECT block FROM audit.event_hour ORDER BY block"))
                .containsExactly("0", "1");
    }

    private static AuditBatch batch(long nextOffset, AuditEvent... events) {
        return new AuditBatch(List.of(events), Map.of(PARTITION, nextOffset));
    }

    private static AuditEvent event(String tenant) {
        return event(tenant, TestEvents.TIME, null);
    }

    private static AuditEvent event(String tenant, Instant time, @Nullable Outcome outcome) {
        return new AuditEvent(
                EventId.next(),
                time,
                "LinkConfirmed",
                outcome,
                null,
                tenant,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "{}");
    }
}
