package io.latchkey.audit.tlog.postgres;

import io.latchkey.audit.tlog.LogStore;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Each by its key. */
@Repository
class PostgresLogStore implements LogStore {
    private static final Duration TIMEOUT = Duration.ofMillis(2_500);

    private static final String CHECKPOINT =
            "SELECT note FROM audit.checkpoint ORDER BY size DESC LIMIT 1";

    private static final String TILES =
            """
            SELECT level, index, hashes
              FROM audit.tile
             WHERE (level, index) IN (SELECT * FROM unnest(:levels::int[], :indexes::bigint[]))
            """;

    private static final String LEAVES =
            """
            SELECT leaf
              FROM audit.audit_event
             WHERE sequence >= :from AND sequence < :to
             ORDER BY sequence
            """;

    private static final String PLACE =
            "SELECT sequence FROM audit.event_place WHERE event_id = :event";

    private static final String PLACE_WITHIN_TENANT =
            PLACE
                    + """
                       AND sequence IN (SELECT e.sequence FROM audit.audit_event e
                                         WHERE e.sequence = event_place.sequence
                                           AND e.tenant = :tenant)
                      """;

    private final DatabaseClient database;

    PostgresLogStore(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<String> checkpoint() {
        return database.sql(CHECKPOINT)
                .map(row -> required(row, "note", String.class))
                .one()
                .timeout(TIMEOUT);
    }

    @Override
    public Mono<List<Tile>> tiles(Collection<TileAddress> addresses) {
        var levels = addresses.stream().map(TileAddress::level).toArray(Integer[]::new);
        var indexes = addresses.stream().map(TileAddress::index).toArray(Long[]::new);
        return database.sql(TILES)
                .bind("levels", levels)
                .bind("indexes", indexes)
                .map(PostgresLogStore::tile)
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    private static Tile tile(Readable row) {
        var address =
                new TileAddress(
                        required(row, "level", Integer.class), required(row, "index", Long.class));
        return Tile.of(address, required(row, "hashes", byte[].class));
    }

    @Override
    public Mono<List<byte[]>> leaves(long from, int count) {
        return database.sql(LEAVES)
                .bind("from", from)
                .bind("to", from + count)
                .map(row -> required(row, "leaf", byte[].class))
                .all()
                .collectList()
                .timeout(TIMEOUT);
    }

    @Override
    public Mono<Long> place(UUID eventId, @Nullable String tenant) {
        var query =
                tenant == null
                        ? database.sql(PLACE)
                        : database.sql(PLACE_WITHIN_TENANT).bind("tenant", tenant);
        return query.bind("event", eventId)
                .map(row -> required(row, "sequence", Long.class))
                .one()
                .timeout(TIMEOUT);
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type));
    }
}
