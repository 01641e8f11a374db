package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.ingest.AuditBatch;
import io.latchkey.audit.ingest.PartitionId;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.RecordedEvent;
import io.latchkey.testing.TestDatabase;
import io.latchkey.testing.TestPostgres;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Measures appending, pages and the stream at certain sizes of the trail, for docs/performance.md:
 * {@code -Dlatchkey.trail-load=1000000,3000000}.
 */
@EnabledIfSystemProperty(named = "latchkey.trail-load", matches = "[0-9,]+")
class TrailLoadIT {
    private static final Logger log = LoggerFactory.getLogger(TrailLoadIT.class);
    private static final PartitionId PARTITION =
            new PartitionId(UUID.randomUUID(), "latchkey.security-events", 0);
    private static final int BATCH = 2000;

    /** Of how many batches before a mark the medians are. */
    private static final int LAST = 100;

    private final TestDatabase database = TestPostgres.database("trail_load");
    private final SampleTrail sample = new SampleTrail();

    @Test
    void measureIt() throws SQLException {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/audit")
                .schemas("audit")
                .table("flyway_history")
                .javaMigrations(new V3__LeavesOfEarlierEvents())
                .load()
                .migrate();
        var source =
                new DriverManagerDataSource(
                        database.jdbcUrl() + "?ApplicationName=latchkey-audit",
                        database.username(),
                        database.password());
        long size = 0;
        try (var connection = source.getConnection()) {
            var bare = new BareTable(connection);
            for (var mark : System.getProperty("latchkey.trail-load", "").split(",", -1)) {
                size = fill(new PostgresAuditStore(source), bare, size, Long.parseLong(mark));
                try (var process = AuditProcess.start(database)) {
                    new ReadingTimes(process, sample).measure(size);
                    size = process.bean(EventStore.class).size().block();
                }
            }
        }
    }

    private long fill(PostgresAuditStore store, BareTable bare, long from, long to)
            throws SQLException {
        var withTree = new ArrayList<Long>();
        var alone = new ArrayList<Long>();
        var size = from;
        try (var session = store.tryBecomeAppender().orElseThrow()) {
            while (size < to) {
                var events = Stream.generate(sample::next).limit(BATCH).toList();
                var recorded = recorded(size, events);
                bare.ensure(size + BATCH);
                var batch = new AuditBatch(events, Map.of(PARTITION, size + BATCH));
                withTree.add(nanos(() -> session.append(batch)));
                alone.add(nanos(() -> bare.insert(events, recorded)));
                size += BATCH;
            }
        }
        var tree = perSecond(withTree);
        var insert = perSecond(alone);
        log.info(
                "at {} events: {} a second with the tree, {} by a bare insert, {} of it",
                size,
                Math.round(tree),
                Math.round(insert),
                Math.round(tree / insert * 100) / 100.0);
        return size;
    }

    private static List<RecordedEvent> recorded(long from, List<AuditEvent> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> RecordedEvent.of(from + i, events.get(i)))
                .toList();
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static long nanos(Step step) throws SQLException {
        var begin = System.nanoTime();
        step.run();
        return System.nanoTime() - begin;
    }

    private static double perSecond(List<Long> nanos) {
        var sorted =
                nanos.subList(Math.max(0, nanos.size() - LAST), nanos.size()).stream()
                        .sorted()
                        .toList();
        return BATCH * 1e9 / sorted.get(sorted.size() / 2);
    }
}
