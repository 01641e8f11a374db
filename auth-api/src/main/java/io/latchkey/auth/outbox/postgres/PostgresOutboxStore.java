package io.latchkey.auth.outbox.postgres;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.OutboxStore;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.EventId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresOutboxStore implements OutboxStore {
    private static final String CLAIM_EXPIRED =
            """
            WITH expired AS (
                SELECT id FROM auth.outbox
                 WHERE claimed_until < now()
                 ORDER BY claimed_until, id
                 LIMIT :at_most
                   FOR UPDATE SKIP LOCKED
            ), claimed AS (
                UPDATE auth.outbox o SET claimed_until = now() + interval '30 seconds'
                  FROM expired
                 WHERE o.id = expired.id
                RETURNING o.*
            )
            SELECT (jsonb_agg(auth.as_published(c) ORDER BY c.id))::text AS events FROM claimed c
            """;

    private static final String DELETE = "DELETE FROM auth.outbox WHERE id = ANY(:ids)";

    private final Database database;

    PostgresOutboxStore(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<OutboxRow>> claimExpired(int atMost) {
        return database.one(
                CLAIM_EXPIRED,
                Map.of("at_most", atMost),
                row -> WrittenEvents.parse(row.get("events", String.class)));
    }

    @Override
    public Mono<Long> delete(Collection<EventId> published) {
        var ids = published.stream().map(EventId::value).toArray(UUID[]::new);
        return database.run(DELETE, Map.of("ids", ids));
    }
}
