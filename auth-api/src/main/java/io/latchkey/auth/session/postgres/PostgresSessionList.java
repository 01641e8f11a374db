package io.latchkey.auth.session.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;
import static io.latchkey.auth.platform.Database.instantOrNull;

import io.latchkey.auth.platform.Database;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.auth.session.ListedSession;
import io.latchkey.auth.session.SessionList;
import io.latchkey.events.AppId;
import io.latchkey.events.EndReason;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresSessionList implements SessionList {
    /** Nobody writes down that a session's time is over: the clock says so. */
    private static final String SELECT =
            """
            SELECT id, tenant, user_id, app_id, created_at, refreshed_at, expires_at, ip, user_agent,
                   CASE WHEN ended_at IS NULL AND expires_at <= now() THEN expires_at
                        ELSE ended_at END AS ended_at,
                   CASE WHEN ended_at IS NULL AND expires_at <= now() THEN 'expired'
                        ELSE end_reason END AS end_reason
              FROM auth.session
            """;

    private static final String FIND = SELECT + " WHERE id = :id";
    private static final String OF_USER =
            SELECT + " WHERE user_id = :user_id AND id < :below ORDER BY id DESC LIMIT :limit";
    private static final String TENANT_OF =
            """
            SELECT tenant FROM auth."user" WHERE id = :user_id""";

    private final Database database;

    PostgresSessionList(Database database) {
        this.database = database;
    }

    @Override
    public Mono<ListedSession> find(SessionId id) {
        return database.one(FIND, Map.of("id", id.value()), PostgresSessionList::read);
    }

    @Override
    public Mono<List<ListedSession>> of(UserId user, PageRequest page) {
        return database.all(
                        OF_USER,
                        Map.of(
                                "user_id", user.value(),
                                "below", page.belowId(),
                                "limit", page.look()),
                        PostgresSessionList::read)
                .collectList();
    }

    @Override
    public Mono<String> tenantOf(UserId user) {
        return database.one(
                TENANT_OF,
                Map.of("user_id", user.value()),
                row -> get(row, "tenant", String.class));
    }

    private static ListedSession read(Readable row) {
        return new ListedSession(
                new SessionId(get(row, "id", UUID.class)),
                get(row, "tenant", String.class),
                new UserId(get(row, "user_id", UUID.class)),
                new AppId(get(row, "app_id", UUID.class)),
                instant(row, "created_at"),
                instantOrNull(row, "refreshed_at"),
                instant(row, "expires_at"),
                row.get("ip", String.class),
                row.get("user_agent", String.class),
                instantOrNull(row, "ended_at"),
                reason(row.get("end_reason", String.class)));
    }

    private static @Nullable EndReason reason(@Nullable String word) {
        return word == null ? null : EndReason.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
