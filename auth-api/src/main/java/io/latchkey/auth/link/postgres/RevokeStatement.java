package io.latchkey.auth.link.postgres;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends a link that is alive, or the authorization code of one that is confirmed. */
@Component
class RevokeStatement {
    private static final String REVOKE =
            """
            WITH revoked AS (
                UPDATE auth.link
                   SET revoked_at = now(), revoked_by = 'app'
                 WHERE id = :id AND app_id = :app_id
                   AND revoked_at IS NULL AND exchanged_at IS NULL
                   AND (confirmed_at IS NOT NULL OR expires_at > now())
                RETURNING *
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT told.topic, told.key, 'io.latchkey.LinkRevoked.v1',
                       auth.about_link(r.*::auth.link) || :request::jsonb || '{"by": "app"}'
                  FROM revoked r
                       CROSS JOIN auth.told_of_end(r.*::auth.link) AS told
                RETURNING *
            )
            SELECT (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM revoked
            """;

    private final Database database;
    private final VisitorJson visitors;

    RevokeStatement(Database database, VisitorJson visitors) {
        this.database = database;
        this.visitors = visitors;
    }

    Mono<Changed<LinkId>> run(LinkId id, AppId appId, String requestId) {
        return database.one(
                REVOKE,
                Map.of(
                        "id", id.value(),
                        "app_id", appId.value(),
                        "request", visitors.success(requestId)),
                row -> new Changed<>(id, WrittenEvents.parse(row.get("events", String.class))));
    }
}
