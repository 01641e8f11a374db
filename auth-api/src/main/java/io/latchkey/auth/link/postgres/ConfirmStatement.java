package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.link.LinkProperties;
import io.latchkey.auth.link.Visitor;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.LinkId;
import io.latchkey.events.Means;
import io.latchkey.events.UserId;
import io.r2dbc.spi.Parameters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Consumes a link. All live links of its app and address are locked first, in the order of their
 * ids: of two siblings that are pressed at the same instant one waits for the other and then finds
 * itself revoked, and no two statements wait for each other.
 */
@Component
class ConfirmStatement {
    private static final String CONFIRM =
            """
            WITH alive AS MATERIALIZED (
                SELECT l.*
                  FROM auth.link l
                 WHERE l.app_id = (SELECT p.app_id FROM auth.link p WHERE p.id = :id)
                   AND l.subject = (SELECT p.subject FROM auth.link p WHERE p.id = :id)
                   AND l.id >= auth.uuid_floor(:oldest)
                   AND l.confirmed_at IS NULL AND l.revoked_at IS NULL AND l.expires_at > now()
                 ORDER BY l.id
                   FOR UPDATE
            ), pressed AS (
                SELECT a.*
                  FROM alive a
                  LEFT JOIN auth."user" u ON u.tenant = a.tenant AND u.email = a.email
                 WHERE a.id = :id AND NOT a.suppressed
                   AND CASE WHEN u.id IS NULL THEN a.intent <> 'sign_in'
                            ELSE u.status <> 'blocked' END
                   AND (:means = 'button'
                        OR a.code_tries < %d AND NOT auth.codes_blocked(a.subject))
            ), person AS (
                INSERT INTO auth."user" AS u
                       (id, tenant, email, email_verified, attributes, status, last_sign_in_at)
                SELECT :new_user_id, tenant, email, true, coalesce(attributes, '{}'), 'active', now()
                  FROM pressed
                ON CONFLICT (tenant, email) DO UPDATE
                   SET last_sign_in_at = now(),
                       -- S7: what a request carried reaches the account at its first proof only.
                       attributes = CASE WHEN u.email_verified OR u.last_sign_in_at IS NOT NULL
                                         THEN u.attributes
                                         ELSE u.attributes || excluded.attributes END,
                       email_verified = true,
                       status = CASE u.status WHEN 'pending' THEN 'active' ELSE u.status END
                RETURNING id, id = :new_user_id AS created, attributes
            ), winner AS (
                UPDATE auth.link l
                   SET confirmed_at = now(), confirmed_by = :browser, confirmed_ip = :ip,
                       confirmed_agent = :user_agent, user_id = person.id
                  FROM pressed, person
                 WHERE l.id = pressed.id
                RETURNING l.*
            ), sibling AS (
                UPDATE auth.link l
                   SET revoked_at = now(), revoked_by = 'sibling'
                  FROM alive
                 WHERE l.id = alive.id AND l.id <> :id AND EXISTS (SELECT FROM pressed)
                RETURNING l.*
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', w.subject, 'io.latchkey.UserCreated.v1',
                       auth.about_link(w.*::auth.link) || :visitor::jsonb
                       || jsonb_build_object('changed', CASE WHEN p.attributes = '{}'
                              THEN '["email"]'::jsonb ELSE '["email", "attributes"]'::jsonb END)
                  FROM winner w, person p WHERE p.created
                UNION ALL
                SELECT told.topic, told.key, 'io.latchkey.LinkConfirmed.v1',
                       auth.about_link(w.*::auth.link) || :visitor::jsonb
                       || jsonb_strip_nulls(jsonb_build_object(
                              'means', :means::text, 'same_browser', :same_browser::boolean))
                  FROM winner w
                       CROSS JOIN auth.told_of_end(w.*::auth.link) AS told
                UNION ALL
                SELECT told.topic, told.key, 'io.latchkey.LinkRevoked.v1',
                       auth.about_link(s.*::auth.link) || :visitor::jsonb
                       || '{"by": "sibling"}'
                  FROM sibling s
                       CROSS JOIN auth.told_of_end(s.*::auth.link) AS told
                RETURNING *
            )
            SELECT (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM winner
            """
                    .formatted(RejectCodeStatement.MOST_TRIES);

    /** Ids are stamped by nodes, whose clocks differ. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private final Database database;
    private final VisitorJson visitors;
    private final InstantSource clock;

    ConfirmStatement(Database database, VisitorJson visitors, InstantSource clock) {
        this.database = database;
        this.visitors = visitors;
        this.clock = clock;
    }

    Mono<Changed<LinkId>> run(
            LinkId id, Visitor visitor, @Nullable Boolean sameBrowser, Means means) {
        var values = new HashMap<String, Object>();
        values.put("id", id.value());
        values.put(
                "oldest",
                Database.time(clock.instant().minus(LinkProperties.LONGEST_LIFE).minus(MARGIN)));
        values.put("new_user_id", UserId.next().value());
        values.put("browser", text(visitor.browser()));
        values.put("ip", text(visitor.ip()));
        values.put("user_agent", text(visitor.userAgent()));
        values.put("means", means.toString());
        values.put("visitor", visitors.success(visitor));
        values.put(
                "same_browser",
                sameBrowser == null ? Parameters.in(Boolean.class) : Parameters.in(sameBrowser));
        return database.one(
                CONFIRM,
                values,
                row -> new Changed<>(id, WrittenEvents.parse(row.get("events", String.class))));
    }
}
