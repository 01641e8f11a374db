package io.latchkey.auth.app.postgres;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.AppId;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.wire.EventJson;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ends what belongs to an app that is gone. Links that nobody has used are all ended, the expired
 * ones among them without an event: what is left of them is found by their address alone.
 */
@Component
class EndOrphansStatement {
    private static final String END =
            """
            WITH forsaken_link AS MATERIALIZED (
                SELECT l.id, l.expires_at > now() AS alive FROM auth.link l
                 WHERE l.app_id = :app_id AND l.confirmed_at IS NULL AND l.revoked_at IS NULL
                 ORDER BY l.id LIMIT :at_most FOR UPDATE OF l
            ), ended_link AS (
                UPDATE auth.link l SET revoked_at = now(), revoked_by = 'app'
                  FROM forsaken_link f WHERE l.id = f.id
                RETURNING l.*
            ), forsaken_session AS MATERIALIZED (
                SELECT s.id FROM auth.session s
                 WHERE s.app_id = :app_id AND s.ended_at IS NULL AND s.expires_at > now()
                 ORDER BY s.id LIMIT :at_most FOR UPDATE OF s
            ), ended_session AS (
                UPDATE auth.session s SET ended_at = now(), end_reason = 'revoked'
                  FROM forsaken_session f WHERE s.id = f.id
                RETURNING s.*
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT told.topic, told.key, 'io.latchkey.LinkRevoked.v1',
                       auth.about_link(l.*::auth.link) || :request::jsonb || '{"by": "app"}'
                  FROM ended_link l JOIN forsaken_link f USING (id)
                       CROSS JOIN auth.told_of_end(l.*::auth.link) AS told
                 WHERE f.alive
                UNION ALL
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRevoked.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                       || '{"end_reason": "revoked"}'
                  FROM ended_session s
                RETURNING *
            )
            SELECT (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
             WHERE EXISTS (SELECT FROM ended_link) OR EXISTS (SELECT FROM ended_session)
            """;

    private final Database database;
    private final JsonMapper json = EventJson.mapper();

    EndOrphansStatement(Database database) {
        this.database = database;
    }

    /** The events, which may be none; empty where nothing was left to end. */
    Mono<List<OutboxRow>> run(AppId id, int atMost, @Nullable String requestId) {
        var request = EventContext.of(null, null, requestId).withOutcome(Outcome.SUCCESS, null);
        var values = new HashMap<String, Object>();
        values.put("at_most", atMost);
        values.put("request", json.writeValueAsString(request));
        values.put("app_id", id.value());
        return database.one(
                END, values, row -> WrittenEvents.parse(row.get("events", String.class)));
    }
}
