package io.latchkey.auth.account.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.instant;

import io.latchkey.auth.account.Account;
import io.latchkey.auth.account.Account.OwnSession;
import io.latchkey.auth.account.AccountStore;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.SessionId;
import io.latchkey.events.UserId;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresAccountStore implements AccountStore {
    private static final String FIND =
            "SELECT email, created_at FROM auth.\"user\" WHERE id = :user_id";

    private static final String SESSIONS =
            """
            SELECT s.id, a.name, s.ip, s.user_agent, s.created_at,
                   coalesce(s.refreshed_at, s.created_at) AS seen_at
              FROM auth.session s JOIN auth.app a ON a.id = s.app_id
             WHERE s.user_id = :user_id AND s.ended_at IS NULL AND s.expires_at > now()
             ORDER BY s.id DESC
             LIMIT 100
            """;

    private final Database database;

    PostgresAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Account> find(UserId user) {
        var whose = Map.of("user_id", user.value());
        return database.all(SESSIONS, whose, PostgresAccountStore::session)
                .collectList()
                .flatMap(sessions -> database.one(FIND, whose, row -> account(row, sessions)));
    }

    private static Account account(Readable row, List<OwnSession> sessions) {
        return new Account(get(row, "email", String.class), instant(row, "created_at"), sessions);
    }

    private static OwnSession session(Readable row) {
        return new OwnSession(
                new SessionId(get(row, "id", UUID.class)),
                get(row, "name", String.class),
                row.get("ip", String.class),
                row.get("user_agent", String.class),
                instant(row, "created_at"),
                instant(row, "seen_at"));
    }
}
