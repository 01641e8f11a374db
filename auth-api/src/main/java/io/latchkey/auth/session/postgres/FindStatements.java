package io.latchkey.auth.session.postgres;

import io.latchkey.auth.platform.Database;
import io.latchkey.auth.session.Session;
import io.latchkey.events.AppId;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.RefreshToken;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Looks at sessions that are alive, for those who hold one of their tokens. */
@Component
class FindStatements {
    private static final String ALIVE =
            """
            SELECT %s
              FROM auth.session s
              JOIN auth."user" u ON u.id = s.user_id AND u.status = 'active'
              JOIN auth.app a ON a.id = s.app_id
             WHERE s.id = :session_id AND s.app_id = :app_id
               AND s.ended_at IS NULL AND s.expires_at > now()
            """
                    .formatted(SessionRow.COLUMNS);

    private static final String USABLE =
            ALIVE
                    + """
                         AND s.kid = :kid
                         AND (s.generation = :generation
                              OR (s.generation - 1 = :generation
                                  AND s.rotated_at[1] > now() - interval '10 seconds'))
                      """;

    private final Database database;

    FindStatements(Database database) {
        this.database = database;
    }

    Mono<Session> alive(SessionId id, AppId appId) {
        return database.one(
                ALIVE, Map.of("session_id", id.value(), "app_id", appId.value()), SessionRow::read);
    }

    Mono<Session> usable(RefreshToken token, AppId appId) {
        return database.one(
                USABLE,
                Map.of(
                        "session_id", token.sessionId().value(),
                        "app_id", appId.value(),
                        "kid", token.kid(),
                        "generation", token.generation()),
                SessionRow::read);
    }
}
