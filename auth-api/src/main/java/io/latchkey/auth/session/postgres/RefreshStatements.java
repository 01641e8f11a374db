package io.latchkey.auth.session.postgres;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.session.Session;
import io.latchkey.events.AppId;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.RefreshToken;
import io.latchkey.events.wire.EventJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The life of refresh tokens. {@code rotated_at} holds when the last generations were used, newest
 * first: that of generation g stands at place {@code generation - g}. Uses older than ten seconds
 * are cut off at the next rotation, so a place beyond the end means longer ago than that.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9700#section-4.14.2">RFC 9700 §4.14.2</a>
 */
@Component
class RefreshStatements {
    private static final String ROTATE =
            """
            WITH s AS (
                UPDATE auth.session
                   SET generation = generation + 1, refreshed_at = now(),
                       rotated_at = now() || ARRAY(
                           SELECT used FROM unnest(rotated_at) AS used
                            WHERE used > now() - interval '10 seconds'
                            ORDER BY used DESC LIMIT 100)
                 WHERE id = :session_id AND app_id = :app_id AND kid = :kid AND generation = :generation
                   AND ended_at IS NULL AND expires_at > now()
                   AND EXISTS (SELECT FROM auth."user" u
                                WHERE u.id = user_id AND u.status = 'active')
                   AND EXISTS (SELECT FROM auth.app a WHERE a.id = :app_id)
                RETURNING *
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRefreshed.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                  FROM s
                RETURNING *
            )
            SELECT %s, (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM s JOIN auth."user" u ON u.id = s.user_id
            """
                    .formatted(SessionRow.COLUMNS);

    private static final String REPEAT =
            """
            SELECT %s
              FROM auth.session s
              JOIN auth."user" u ON u.id = s.user_id
              JOIN auth.app a ON a.id = s.app_id
             WHERE s.id = :session_id AND s.app_id = :app_id AND s.kid = :kid
               AND s.generation - 1 = :generation
               AND s.rotated_at[1] > now() - interval '10 seconds'
               AND s.ended_at IS NULL AND s.expires_at > now() AND u.status = 'active'
            """
                    .formatted(SessionRow.COLUMNS);

    private static final String PUNISH =
            """
            WITH s AS (
                UPDATE auth.session
                   SET ended_at = now(), end_reason = 'refresh_reuse'
                 WHERE id = :session_id AND app_id = :app_id AND kid = :kid AND generation > :generation
                   AND coalesce(rotated_at[generation - :generation], '-infinity')
                       <= now() - interval '10 seconds'
                   AND ended_at IS NULL AND expires_at > now()
                RETURNING *
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', s.subject, type,
                       auth.about_session(s.*::auth.session) || :refused::jsonb || more
                  FROM s, (VALUES
                       ('io.latchkey.RefreshReuseDetected.v1',
                        jsonb_build_object('generation', :generation::integer)),
                       ('io.latchkey.SessionRevoked.v1', '{"outcome": "success"}'::jsonb)
                       ) AS e (type, more)
                RETURNING *
            )
            SELECT (jsonb_agg(auth.as_published(e)))::text AS events FROM events e
            """;

    private final Database database;
    private final JsonMapper json = EventJson.mapper();

    RefreshStatements(Database database) {
        this.database = database;
    }

    Mono<Changed<Session>> rotate(RefreshToken token, AppId appId, String requestId) {
        var values = values(token, appId);
        var request = EventContext.of(null, null, requestId).withOutcome(Outcome.SUCCESS, null);
        values.put("request", json.writeValueAsString(request));
        return database.one(ROTATE, values, SessionRow::changed);
    }

    Mono<Session> repeat(RefreshToken token, AppId appId) {
        return database.one(REPEAT, values(token, appId), SessionRow::read);
    }

    Mono<List<OutboxRow>> punish(RefreshToken token, AppId appId, String requestId) {
        var values = values(token, appId);
        values.put(
                "refused",
                json.writeValueAsString(
                        Map.of(
                                "request_id", requestId,
                                "outcome", "refused",
                                "reason", "refresh_reuse",
                                "end_reason", "refresh_reuse")));
        return database.one(
                PUNISH, values, row -> WrittenEvents.parse(row.get("events", String.class)));
    }

    private static Map<String, Object> values(RefreshToken token, AppId appId) {
        var values = new HashMap<String, Object>();
        values.put("session_id", token.sessionId().value());
        values.put("app_id", appId.value());
        values.put("kid", token.kid());
        values.put("generation", token.generation());
        return values;
    }
}
