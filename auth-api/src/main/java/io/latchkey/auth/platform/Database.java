package io.latchkey.auth.platform;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs SQL. Whatever the database does, a caller has an answer or a {@link
 * java.util.concurrent.TimeoutException} in less than three seconds (R7).
 */
@Component
public class Database {
    private static final Duration PATIENCE = Duration.ofMillis(2700);
    private final DatabaseClient client;

    Database(DatabaseClient client) {
        this.client = client;
    }

    /**
     * The one row, or empty; not before the statement has been committed.
     *
     * @param values by the names in the statement; absent ones through {@link #text} and its like
     */
    public <T> Mono<T> one(String sql, Map<String, ?> values, Function<Readable, T> row) {
        return bound(sql, values).map(row).one().timeout(PATIENCE);
    }

    public <T> Flux<T> all(String sql, Map<String, ?> values, Function<Readable, T> row) {
        return bound(sql, values).map(row).all().timeout(PATIENCE);
    }

    /** Runs a statement for what it does; the number of rows that it changed. */
    public Mono<Long> run(String sql, Map<String, ?> values) {
        return bound(sql, values).fetch().rowsUpdated().timeout(PATIENCE);
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, Map<String, ?> values) {
        DatabaseClient.GenericExecuteSpec statement = client.sql(sql);
        for (var entry : values.entrySet()) {
            statement = statement.bind(entry.getKey(), entry.getValue());
        }
        return statement;
    }

    /**
     * Whether the database has answered that it will never take these values: SQLSTATE classes 22
     * and 23. Anything else may be over when it is tried again.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">SQLSTATE</a>
     */
    public static boolean refusesValues(@Nullable Throwable error) {
        return error != null
                && ((error instanceof R2dbcException refused
                                && isAboutValues(refused.getSqlState()))
                        || refusesValues(error.getCause()));
    }

    private static boolean isAboutValues(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** A text that may be absent. */
    public static Object text(@Nullable String value) {
        return value == null ? Parameters.in(String.class) : Parameters.in(value);
    }

    /** A whole number that may be absent. */
    public static Object number(@Nullable Integer value) {
        return value == null ? Parameters.in(Integer.class) : Parameters.in(value);
    }

    /** A time as the driver takes it. */
    public static OffsetDateTime time(Instant value) {
        return value.atOffset(ZoneOffset.UTC);
    }

    /** A column that is never null. */
    public static <T> T get(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }

    /** A time column that is never null. */
    public static Instant instant(Readable row, String column) {
        return get(row, column, OffsetDateTime.class).toInstant();
    }

    /** A time column that may be null. */
    public static @Nullable Instant instantOrNull(Readable row, String column) {
        var time = row.get(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
