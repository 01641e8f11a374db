package io.latchkey.auth.user.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.user.TooManyAttributesException;
import io.latchkey.auth.user.User;
import io.latchkey.auth.user.UserAct;
import io.latchkey.auth.user.UserChange;
import io.latchkey.events.EventContext;
import io.latchkey.events.Subject;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EventJson;
import io.r2dbc.spi.Readable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Changes a user. Links are locked before the user, as a confirmation does it, so that neither
 * waits for the other in a circle.
 */
@Component
class ChangeUserStatement {
    private static final int MOST_ATTRIBUTES = 16 * 1024;

    private static final String CHANGE =
            """
            WITH %s, before AS MATERIALIZED (
                SELECT u.*, CASE WHEN :attributes::text IS NULL THEN u.attributes
                                 WHEN :attributes = 'null' THEN '{}'
                                 ELSE auth.merge_patch(u.attributes, :attributes::jsonb)
                             END AS merged
                  FROM auth."user" u
                 WHERE u.id = :id AND u.tenant = :tenant AND u.email = :email_before
                   AND (SELECT count(*) FROM open_link) >= 0
                   FOR UPDATE
            ), u AS (
                UPDATE auth."user" u
                   SET email = coalesce(:email, b.email),
                       email_verified = b.email_verified AND coalesce(:email = b.email, true),
                       username = CASE WHEN :sets_username THEN :username ELSE b.username END,
                       phone_number = CASE WHEN :sets_phone_number THEN :phone_number
                                           ELSE b.phone_number END,
                       attributes = b.merged,
                       status = coalesce(:status, b.status)
                  FROM before b
                 WHERE u.id = b.id
                   -- What is too much already may become less.
                   AND octet_length(b.merged::text)
                       <= greatest(:most_attributes, octet_length(b.attributes::text))
                RETURNING u.*,
                       b.email <> u.email OR b.status <> u.status AS ends_links,
                       b.email <> u.email AS moves,
                       b.status <> u.status AND u.status = 'blocked' AS ends_sessions,
                       array_remove(ARRAY[
                           CASE WHEN b.attributes <> u.attributes THEN 'attributes' END,
                           CASE WHEN b.email <> u.email THEN 'email' END,
                           CASE WHEN b.phone_number IS DISTINCT FROM u.phone_number
                                THEN 'phone_number' END,
                           CASE WHEN b.status <> u.status THEN 'status' END,
                           CASE WHEN b.username IS DISTINCT FROM u.username THEN 'username' END
                       ], NULL) AS changed
            ), ended_link AS (
                UPDATE auth.link l SET revoked_at = now(), revoked_by = 'user_changed'
                  FROM open_link o, u
                 WHERE l.id = o.id AND u.ends_links
                RETURNING l.*
            ), erasure AS (
                INSERT INTO auth.erasure (tenant, subject)
                SELECT :tenant, :subject_before FROM u WHERE u.moves
            ), ended_session AS (
                UPDATE auth.session s SET ended_at = now(), end_reason = 'user_blocked'
                  FROM u
                 WHERE s.user_id = u.id AND u.ends_sessions
                   AND s.ended_at IS NULL AND s.expires_at > now()
                RETURNING s.*
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.UserUpdated.v1',
                       :context::jsonb || jsonb_build_object('changed', to_jsonb(u.changed))
                  FROM u WHERE cardinality(u.changed) > 0
                UNION ALL
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.AdminActed.v1',
                       :admin_act::jsonb
                  FROM u WHERE cardinality(u.changed) > 0 AND :admin_act::text IS NOT NULL
                UNION ALL
                SELECT told.topic, told.key, 'io.latchkey.LinkRevoked.v1',
                       auth.about_link(l.*::auth.link) || :request::jsonb
                       || '{"by": "user_changed"}'
                  FROM ended_link l
                       CROSS JOIN auth.told_of_end(l.*::auth.link) AS told
                UNION ALL
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRevoked.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                       || '{"end_reason": "user_blocked"}'
                  FROM ended_session s
                RETURNING *
            )
            SELECT %s, u.id IS NOT NULL AS fits,
                   (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM before b LEFT JOIN u ON u.id = b.id
            """
                    .formatted(OpenLinks.LOCKED, UserRow.COLUMNS);

    private final Database database;
    private final CloudEventCodec codec;
    private final JsonMapper json = EventJson.mapper();

    ChangeUserStatement(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    Mono<Changed<User>> run(
            User before,
            UserChange change,
            Subject subjectBefore,
            Set<Subject> subjects,
            UserAct act) {
        var context = act.context();
        var values = new HashMap<String, Object>();
        values.put("id", before.id().value());
        values.put("tenant", before.tenant());
        values.put("subjects", subjects.stream().map(Subject::toString).toArray(String[]::new));
        values.put("email_before", before.email().value());
        values.put("email", text(change.email() == null ? null : change.email().value()));
        set(values, "username", change.username());
        set(values, "phone_number", change.phoneNumber());
        values.put("attributes", text(change.attributes()));
        values.put("most_attributes", MOST_ATTRIBUTES);
        values.put("status", text(Objects.toString(change.status(), null)));
        values.put("subject_before", subjectBefore.toString());
        values.put("subject", String.valueOf(context.subject()));
        values.put("context", json.writeValueAsString(context));
        values.put("request", json.writeValueAsString(request(context)));
        values.put("admin_act", adminAct(act, codec));
        return database.one(CHANGE, values, ChangeUserStatement::read);
    }

    private static void set(
            Map<String, Object> values, String name, UserChange.@Nullable Text text) {
        values.put("sets_" + name, text != null);
        values.put(name, text(text == null ? null : text.value()));
    }

    /** What events about his links and sessions add to what those say by themselves. */
    static EventContext request(EventContext context) {
        return EventContext.of(null, null, context.requestId())
                .withOutcome(Objects.requireNonNull(context.outcome()), null);
    }

    /** Null where it is not the administrator's doing. */
    static Object adminAct(UserAct act, CloudEventCodec codec) {
        return text(act.byAdministrator() == null ? null : codec.data(act.byAdministrator()));
    }

    private static Changed<User> read(Readable row) {
        if (!get(row, "fits", Boolean.class)) {
            throw new TooManyAttributesException();
        }
        return UserRow.changed(row);
    }
}
