package io.latchkey.audit.webhook.postgres;

import io.latchkey.audit.webhook.WebhookStore;
import java.time.Duration;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** A row for each. */
@Repository
class PostgresWebhookStore implements WebhookStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String NEXT =
            """
            WITH made AS (
                INSERT INTO audit.webhook (name, next_sequence)
                SELECT :name, size FROM audit.log_state
                ON CONFLICT (name) DO NOTHING
                RETURNING next_sequence)
            SELECT next_sequence FROM made
            UNION ALL
            SELECT next_sequence FROM audit.webhook WHERE name = :name
            """;

    private static final String TOLD =
            """
            UPDATE audit.webhook SET next_sequence = greatest(next_sequence, :next)
             WHERE name = :name
            """;

    private final DatabaseClient database;

    PostgresWebhookStore(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Long> next(String name) {
        return database.sql(NEXT)
                .bind("name", name)
                .map(row -> Objects.requireNonNull(row.get("next_sequence", Long.class)))
                .first()
                .timeout(TIMEOUT);
    }

    @Override
    public Mono<Void> told(String name, long next) {
        return database.sql(TOLD).bind("name", name).bind("next", next).then().timeout(TIMEOUT);
    }
}
