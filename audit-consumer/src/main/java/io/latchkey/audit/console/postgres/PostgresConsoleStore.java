package io.latchkey.audit.console.postgres;

import io.latchkey.audit.console.ConsoleStore;
import io.latchkey.audit.console.EventCount;
import io.latchkey.audit.console.Frequent;
import io.latchkey.audit.console.LatestCheckpoint;
import io.latchkey.events.AppId;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads the counts of minutes, and never more than the end of the trail. */
@Repository
class PostgresConsoleStore implements ConsoleStore {
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);

    private static final String COUNTS =
            """
            SELECT date_bin(:step * interval '1 second', minute, :from) AS step,
                   type, outcome, sum(events)::bigint AS events
              FROM audit.event_count
             WHERE minute >= :from AND minute < :to
             GROUP BY 1, 2, 3
            """;

    private static final String FREQUENT =
            """
            SELECT %1$s AS name, count(*) AS events
              FROM (SELECT %2$s, time FROM audit.audit_event
                     WHERE sequence >= (SELECT size FROM audit.log_state) - :newest) newest
             WHERE %2$s IS NOT NULL AND time >= :from
             GROUP BY %2$s ORDER BY events DESC, name LIMIT 10
            """;

    private static final String NETWORKS = FREQUENT.formatted("host(ip)", "ip");
    private static final String APPS = FREQUENT.formatted("app_id", "app_id");

    private static final String CHECKPOINT =
            "SELECT size, signed_at, note FROM audit.checkpoint ORDER BY size DESC LIMIT 1";

    private final DatabaseClient database;

    PostgresConsoleStore(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<EventCount>> counts(Instant from, Instant to, Duration step) {
        return database.sql(COUNTS)
                .bind("from", from)
                .bind("to", to)
                .bind("step", step.toSeconds())
                .map(
                        row ->
                                new EventCount(
                                        get(row, "step", Instant.class),
                                        get(row, "type", String.class),
                                        get(row, "outcome", String.class),
                                        get(row, "events", Long.class)))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    @Override
    public Mono<List<Frequent>> networks(Instant from) {
        return frequent(NETWORKS, from)
                .map(row -> new Frequent(get(row, "name", String.class), events(row)))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    @Override
    public Mono<List<Frequent>> apps(Instant from) {
        return frequent(APPS, from)
                .map(
                        row ->
                                new Frequent(
                                        new AppId(get(row, "name", UUID.class)).toString(),
                                        events(row)))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    private DatabaseClient.GenericExecuteSpec frequent(String sql, Instant from) {
        return database.sql(sql).bind("newest", NEWEST).bind("from", from);
    }

    @Override
    public Mono<LatestCheckpoint> checkpoint() {
        return database.sql(CHECKPOINT)
                .map(
                        row ->
                                new LatestCheckpoint(
                                        get(row, "size", Long.class),
                                        get(row, "signed_at", Instant.class),
                                        get(row, "note", String.class)))
                .one()
                .timeout(TIMEOUT);
    }

    private static long events(Readable row) {
        return get(row, "events", Long.class);
    }

    private static <T> T get(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
