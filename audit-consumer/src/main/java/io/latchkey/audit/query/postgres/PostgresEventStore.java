package io.latchkey.audit.query.postgres;

import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.Cursor;
import io.latchkey.audit.query.EventPage;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.query.Order;
import io.latchkey.audit.query.PageRequest;
import io.latchkey.audit.trail.RecordedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads pages along the index of the rarest filter, backwards or forwards from the cursor. */
@Repository
class PostgresEventStore implements EventStore {
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);

    private final DatabaseClient database;

    PostgresEventStore(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<EventPage> find(AuditFilter filter, PageRequest page) {
        return select(filter, page.order(), page.after(), page.limit() + 1)
                .map(found -> EventPage.of(page, found));
    }

    @Override
    public Mono<EventPage> timeline(AuditFilter ofLink) {
        return select(ofLink, Order.OLDEST_FIRST, null, MAX_TIMELINE)
                .map(found -> new EventPage(found, null));
    }

    @Override
    public Mono<List<RecordedEvent>> next(AuditFilter filter, long from, long to, int limit) {
        var conditions = Conditions.of(filter, from, to);
        return select(conditions, Order.OLDEST_FIRST, limit);
    }

    @Override
    public Mono<Long> size() {
        return database.sql("SELECT size FROM audit.log_state")
                .map(row -> Objects.requireNonNull(row.get("size", Long.class)))
                .one()
                .timeout(TIMEOUT);
    }

    @Override
    public Mono<Long> first() {
        return database.sql("SELECT coalesce(max(last) + 1, 0) AS first FROM audit.archived_events")
                .map(row -> Objects.requireNonNull(row.get("first", Long.class)))
                .one()
                .timeout(TIMEOUT);
    }

    private Mono<List<RecordedEvent>> select(
            AuditFilter filter, Order order, @Nullable Cursor after, int limit) {
        return select(Conditions.of(filter, order, after), order, limit);
    }

    private Mono<List<RecordedEvent>> select(Conditions conditions, Order order, int limit) {
        return database.sql(PageStatement.of(conditions, order))
                .bindValues(conditions.binds())
                .bind("limit", limit)
                .map(EventRow::read)
                .all()
                .collectList()
                .timeout(TIMEOUT)
                // Asks at once, whether or not its reader is ready: that one's time is not ours.
                .cache();
    }
}
