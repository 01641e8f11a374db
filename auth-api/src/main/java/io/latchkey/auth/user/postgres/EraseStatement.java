package io.latchkey.auth.user.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.platform.Database;
import io.latchkey.events.Subject;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Erases one batch of what is to be erased: of one address, or of any, so that one that always
 * fails keeps no other waiting. Links that were asked for since are somebody's who has this address
 * now. What was being asked for at that moment may become visible later: what is to be erased is
 * kept for a minute, longer than any statement may take. The suppression of the address goes, too:
 * where a mailbox still refuses mails, the next one tells.
 */
@Component
class EraseStatement {
    private static final String ERASE =
            """
            WITH job AS MATERIALIZED (
                SELECT e.*
                  FROM auth.erasure e
                 WHERE CASE WHEN :subject::text IS NULL
                            THEN e.requested_at < now() - interval '1 minute'
                            ELSE e.subject = :subject END
                 ORDER BY CASE WHEN :subject::text IS NULL THEN NULL ELSE e.id END DESC, random()
                 LIMIT 1
                   FOR UPDATE SKIP LOCKED
            ), link_of_address AS (
                SELECT l.id FROM job j JOIN auth.link l ON l.subject = j.subject
                 WHERE l.app_id = ANY(ARRAY(SELECT a.id FROM auth.app a, job WHERE a.tenant = job.tenant))
                   AND l.confirmed_at IS NULL AND l.revoked_at IS NULL AND l.expires_at <= now()
                   AND l.created_at <= j.requested_at AND l.email <> ''
                UNION ALL
                SELECT l.id FROM job j JOIN auth.link l ON l.subject = j.subject
                 WHERE l.tenant = j.tenant
                   AND (l.confirmed_at IS NOT NULL OR l.revoked_at IS NOT NULL)
                   AND l.created_at <= j.requested_at AND l.email <> ''
            ), link AS (
                UPDATE auth.link l
                   SET email = '', attributes = NULL, ip = NULL, user_agent = NULL,
                       confirmed_ip = NULL, confirmed_agent = NULL
                 WHERE l.id = ANY(ARRAY(SELECT a.id FROM link_of_address a LIMIT :at_most))
                RETURNING 1
            ), session AS (
                UPDATE auth.session s
                   SET ip = NULL, user_agent = NULL
                 WHERE s.id = ANY(ARRAY(
                           SELECT o.id FROM auth.session o JOIN job j ON o.user_id = j.user_id
                            WHERE o.ip IS NOT NULL OR o.user_agent IS NOT NULL
                            LIMIT :at_most))
                RETURNING 1
            ), suppression AS (
                DELETE FROM auth.suppression s USING job j WHERE s.subject = j.subject
            ), done AS (
                DELETE FROM auth.erasure e USING job j
                 WHERE e.id = j.id AND j.requested_at < now() - interval '1 minute'
                   AND NOT EXISTS (SELECT FROM link)
                   AND NOT EXISTS (SELECT FROM session)
                RETURNING 1
            )
            SELECT (SELECT count(*) FROM link) + (SELECT count(*) FROM session)
                   + (SELECT count(*) FROM done) AS n
            """;

    private final Database database;

    EraseStatement(Database database) {
        this.database = database;
    }

    /** Whether there was anything to do. */
    Mono<Boolean> run(int atMost, @Nullable Subject subject) {
        return database.one(
                ERASE,
                Map.of(
                        "at_most",
                        atMost,
                        "subject",
                        text(subject == null ? null : subject.toString())),
                row -> get(row, "n", Long.class) > 0);
    }
}
