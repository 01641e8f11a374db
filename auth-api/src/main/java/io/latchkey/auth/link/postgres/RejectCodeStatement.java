package io.latchkey.auth.link.postgres;

import io.latchkey.auth.link.Visitor;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.LinkId;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Counts a wrong six-digit code. The link's row orders it among all other tries of that link, right
 * and wrong, so that of any number at once no more than five count before it ends; the day's row,
 * locked after it, likewise among those of all links of the address.
 */
@Component
class RejectCodeStatement {
    static final int MOST_TRIES = 5;

    /** As {@code auth.codes_blocked} says. */
    private static final int MOST_OF_DAY = 100;

    private static final String REJECT =
            """
            WITH locked AS MATERIALIZED (
                SELECT *
                  FROM auth.link
                 WHERE id = :id AND code_tries < :most
                   AND confirmed_at IS NULL AND revoked_at IS NULL AND expires_at > now()
                   FOR UPDATE
            ), counted AS (
                INSERT INTO auth.code_tries AS d (subject, day, tries)
                SELECT subject, auth.today(), 1 FROM locked
                    ON CONFLICT (day, subject) DO UPDATE SET tries = d.tries + 1
                 WHERE d.tries < :most_of_day
                RETURNING subject
            ), tried AS (
                UPDATE auth.link l
                   SET code_tries = t.code_tries + 1,
                       revoked_at = CASE WHEN t.code_tries + 1 >= :most THEN now() END,
                       revoked_by = CASE WHEN t.code_tries + 1 >= :most THEN 'codes' END
                  FROM locked t, counted c
                 WHERE l.id = t.id AND c.subject = t.subject
                RETURNING l.*
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', t.subject, 'io.latchkey.CodeRejected.v1',
                       auth.about_link(t.*::auth.link) || :refused::jsonb
                       || jsonb_build_object('tries_left', :most - t.code_tries)
                  FROM tried t
                UNION ALL
                SELECT told.topic, told.key, 'io.latchkey.LinkRevoked.v1',
                       auth.about_link(t.*::auth.link) || :success::jsonb || '{"by": "codes"}'
                  FROM tried t
                       CROSS JOIN auth.told_of_end(t.*::auth.link) AS told
                 WHERE t.revoked_at IS NOT NULL
                RETURNING *
            )
            SELECT :most - code_tries AS tries_left,
                   (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM tried
            """;

    private final Database database;
    private final VisitorJson visitors;

    RejectCodeStatement(Database database, VisitorJson visitors) {
        this.database = database;
        this.visitors = visitors;
    }

    Mono<Changed<Integer>> run(LinkId id, Visitor visitor) {
        return database.one(
                REJECT,
                Map.of(
                        "id", id.value(),
                        "most", MOST_TRIES,
                        "most_of_day", MOST_OF_DAY,
                        "refused", visitors.refused(visitor, "wrong_code"),
                        "success", visitors.success(visitor)),
                row ->
                        new Changed<>(
                                Database.get(row, "tries_left", Integer.class),
                                WrittenEvents.parse(row.get("events", String.class))));
    }
}
