package io.latchkey.audit.balance.postgres;

import io.latchkey.audit.balance.Balance;
import io.latchkey.audit.balance.BalanceStore;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads nothing but the index of the accounts. */
@Repository
class PostgresBalanceStore implements BalanceStore {
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);

    private static final String BALANCE =
            """
            SELECT count(*) AS accepted,
                   count(*) FILTER (WHERE state = 'mailed') AS mailed,
                   count(*) FILTER (WHERE state = 'abandoned') AS abandoned,
                   count(*) FILTER (WHERE state = 'suppressed') AS suppressed,
                   count(*) FILTER (WHERE state = 'revoked') AS revoked,
                   count(*) FILTER (WHERE state = 'in_flight') AS in_flight,
                   coalesce(greatest(0, extract(epoch FROM now() - min(accepted_at)
                       FILTER (WHERE state = 'in_flight'))), 0)::bigint AS oldest
              FROM audit.link_account
             WHERE accepted_at >= coalesce(:from, '-infinity'::timestamptz)
               AND accepted_at < coalesce(:to, 'infinity'::timestamptz)
               AND (:tenant::text IS NULL OR tenant = :tenant::text)
            """;

    private final DatabaseClient database;

    PostgresBalanceStore(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Balance> balance(
            @Nullable String tenant, @Nullable Instant from, @Nullable Instant to) {
        var query = bind(database.sql(BALANCE), "tenant", tenant, String.class);
        query = bind(query, "from", from, Instant.class);
        return bind(query, "to", to, Instant.class)
                .map(PostgresBalanceStore::balance)
                .one()
                .timeout(TIMEOUT);
    }

    private static DatabaseClient.GenericExecuteSpec bind(
            DatabaseClient.GenericExecuteSpec query,
            String name,
            @Nullable Object value,
            Class<?> type) {
        return value == null ? query.bindNull(name, type) : query.bind(name, value);
    }

    private static Balance balance(Readable row) {
        return new Balance(
                count(row, "accepted"),
                count(row, "mailed"),
                count(row, "abandoned"),
                count(row, "suppressed"),
                count(row, "revoked"),
                count(row, "in_flight"),
                count(row, "oldest"));
    }

    private static long count(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class));
    }
}
