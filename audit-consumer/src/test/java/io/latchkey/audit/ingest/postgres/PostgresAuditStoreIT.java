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
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestPostgres;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
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

    private static AuditBatch batch(long nextOffset, AuditEvent... events) {
        return new AuditBatch(List.of(events), Map.of(PARTITION, nextOffset));
    }

    private static AuditEvent event(String tenant) {
        return new AuditEvent(
                EventId.next(),
                TestEvents.TIME,
                "LinkConfirmed",
                null,
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
