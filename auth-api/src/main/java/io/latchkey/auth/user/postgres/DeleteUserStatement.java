package io.latchkey.auth.user.postgres;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.user.User;
import io.latchkey.auth.user.UserAct;
import io.latchkey.events.Subject;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EventJson;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Erases a user, and writes down that his address is to go from every link. Locks links before the
 * user: see the change.
 */
@Component
class DeleteUserStatement {
    private static final String DELETE =
            """
            WITH %s, gone AS (
                DELETE FROM auth."user" u
                 WHERE u.id = :id AND u.tenant = :tenant AND u.email = :email
                   AND u.status = :status
                   AND (SELECT count(*) FROM open_link) >= 0
                RETURNING u.id,
                       array_remove(ARRAY[
                           CASE WHEN u.attributes <> '{}' THEN 'attributes' END,
                           'email',
                           CASE WHEN u.phone_number IS NOT NULL THEN 'phone_number' END,
                           CASE WHEN u.username IS NOT NULL THEN 'username' END
                       ], NULL) AS erased
            ), ended_link AS (
                UPDATE auth.link l SET revoked_at = now(), revoked_by = 'user_changed'
                  FROM open_link o, gone
                 WHERE l.id = o.id
                RETURNING l.*
            ), erasure AS (
                INSERT INTO auth.erasure (tenant, subject, user_id)
                SELECT :tenant, :subject, gone.id FROM gone
            ), ended_session AS (
                UPDATE auth.session s SET ended_at = now(), end_reason = 'user_deleted'
                  FROM gone
                 WHERE s.user_id = gone.id AND s.ended_at IS NULL AND s.expires_at > now()
                RETURNING s.*
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.UserDeleted.v1',
                       :context::jsonb || jsonb_build_object('changed', to_jsonb(g.erased))
                  FROM gone g
                UNION ALL
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.AdminActed.v1',
                       :admin_act::jsonb
                  FROM gone WHERE :admin_act::text IS NOT NULL
                UNION ALL
                SELECT told.topic, told.key, 'io.latchkey.LinkRevoked.v1',
                       auth.about_link(l.*::auth.link) || :request::jsonb
                       || '{"by": "user_changed"}'
                  FROM ended_link l
                       CROSS JOIN auth.told_of_end(l.*::auth.link) AS told
                UNION ALL
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRevoked.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                       || '{"end_reason": "user_deleted"}'
                  FROM ended_session s
                RETURNING *
            )
            SELECT (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events FROM gone
            """
                    .formatted(OpenLinks.LOCKED);

    private final Database database;
    private final CloudEventCodec codec;
    private final JsonMapper json = EventJson.mapper();

    DeleteUserStatement(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    Mono<List<OutboxRow>> run(User user, Subject subject, UserAct act) {
        return database.one(
                DELETE,
                Map.of(
                        "id", user.id().value(),
                        "tenant", user.tenant(),
                        "email", user.email().value(),
                        "status", user.status().toString(),
                        "subjects", new String[] {subject.toString()},
                        "subject", subject.toString(),
                        "context", json.writeValueAsString(act.context()),
                        "admin_act", ChangeUserStatement.adminAct(act, codec),
                        "request",
                                json.writeValueAsString(
                                        ChangeUserStatement.request(act.context()))),
                row -> WrittenEvents.parse(row.get("events", String.class)));
    }
}
