package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.text;
import static io.latchkey.auth.platform.Database.time;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.Event;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailBounced;
import io.latchkey.events.MailRequeued;
import io.latchkey.events.MailSent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * What becomes of a link's mail. Reports may come twice and in any order: a mail that was sent
 * stays sent, unless it comes back, and the life of a link only ever gets shorter.
 */
@Component
class MailReportStatements {
    private static final String SENT =
            """
            UPDATE auth.link
               SET mail_status = CASE mail_status WHEN 'bounced' THEN 'bounced' ELSE 'sent' END,
                   mail_attempts = greatest(mail_attempts, :attempts),
                   mail_error = CASE mail_status WHEN 'bounced' THEN mail_error END,
                   failed_at = NULL,
                   mailed_at = greatest(created_at, least(now(), :sent_at)),
                   expires_at = least(expires_at, greatest(created_at, least(now(), :sent_at))
                                                  + make_interval(secs => expires_in))
             WHERE id = :id AND mailed_at IS NULL AND NOT suppressed
            """;

    private static final String ATTEMPT_FAILED =
            """
            UPDATE auth.link
               SET mail_status = 'retrying', mail_attempts = :attempts, mail_error = :error
             WHERE id = :id AND mailed_at IS NULL AND failed_at IS NULL AND NOT suppressed
               AND mail_attempts < :attempts AND mail_status <> 'bounced'
            """;

    private static final String ABANDONED =
            """
            UPDATE auth.link
               SET mail_status = 'abandoned', mail_attempts = greatest(mail_attempts, :attempts),
                   mail_error = coalesce(mail_error, :error), failed_at = now()
             WHERE id = :id AND mailed_at IS NULL AND failed_at IS NULL AND NOT suppressed
            """;

    private static final String REQUEUED =
            """
            UPDATE auth.link SET mail_status = 'queued', failed_at = NULL
             WHERE id = :id AND mailed_at IS NULL AND NOT suppressed
            """;

    private static final String FAIL_LOST =
            """
            WITH lost AS (
                SELECT id FROM auth.link
                 WHERE deliver_by < now() - interval '60 seconds'
                   AND mailed_at IS NULL AND failed_at IS NULL AND revoked_at IS NULL
                   AND confirmed_at IS NULL AND NOT suppressed
                 ORDER BY deliver_by
                 LIMIT :at_most
                   FOR UPDATE SKIP LOCKED
            ), failed AS (
                UPDATE auth.link l
                   SET failed_at = now(), mail_status = 'abandoned',
                       mail_error = coalesce(l.mail_error, 'lost')
                  FROM lost
                 WHERE l.id = lost.id
                RETURNING l.*
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.mail-events', f.subject, 'io.latchkey.MailAbandoned.v1',
                       auth.about_link(f.*::auth.link) || jsonb_strip_nulls(jsonb_build_object(
                           'request_id', f.request_id, 'attempts', f.mail_attempts,
                           'outcome', 'failure', 'reason', 'lost'))
                  FROM failed f
                RETURNING *
            )
            SELECT (jsonb_agg(auth.as_published(e)))::text AS events FROM events e
            """;

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private final Database database;
    private final BounceStatement bounce;

    MailReportStatements(Database database, BounceStatement bounce) {
        this.database = database;
        this.bounce = bounce;
    }

    Mono<Long> record(Event report) {
        var linkId = report.context().linkId();
        return linkId == null ? Mono.just(0L) : record(linkId, report);
    }

    private Mono<Long> record(LinkId link, Event report) {
        var id = link.value();
        return switch (report) {
            case MailSent sent ->
                    database.run(
                            SENT,
                            Map.of(
                                    "id", id,
                                    "attempts", sent.attempt(),
                                    "sent_at", time(withinReach(sent.sentAt()))));
            case MailAttemptFailed failed ->
                    database.run(
                            ATTEMPT_FAILED,
                            Map.of(
                                    "id", id,
                                    "attempts", failed.attempt(),
                                    "error", text(failed.smtpReply())));
            case MailAbandoned abandoned ->
                    database.run(
                            ABANDONED,
                            Map.of(
                                    "id", id,
                                    "attempts", abandoned.attempts(),
                                    "error", text(abandoned.context().reason())));
            case MailRequeued _ -> database.run(REQUEUED, Map.of("id", id));
            case MailBounced bounced ->
                    bounce.run(link, bounced, false).map(events -> (long) events.size());
            default -> Mono.just(0L);
        };
    }

    /**
     * The statement holds it between request and now, but PostgreSQL knows fewer years than Java.
     */
    private static Instant withinReach(Instant time) {
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time.isAfter(LATEST) ? LATEST : time;
    }

    /** Likewise of a mail that came back, with the event of it. */
    Mono<List<OutboxRow>> bounce(LinkId link, MailBounced bounced) {
        return bounce.run(link, bounced, true);
    }

    Mono<List<OutboxRow>> failLost(int atMost) {
        return database.one(
                FAIL_LOST,
                Map.of("at_most", atMost),
                row -> WrittenEvents.parse(row.get("events", String.class)));
    }
}
