package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.suppression.SuppressionProperties;
import io.latchkey.auth.suppression.SuppressionReason;
import io.latchkey.events.LinkId;
import io.latchkey.events.MailBounced;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Marks a link whose mail came back, and suppresses its address where that will happen again. The
 * first report of a link wins: a replay changes nothing, not even where the suppression was lifted
 * meanwhile. One that lasts is not lengthened. Of an address that was erased nothing is kept.
 */
@Component
class BounceStatement {
    private static final String BOUNCE =
            """
            WITH bounced AS (
                UPDATE auth.link SET mail_status = 'bounced', mail_error = :error
                 WHERE id = :id AND NOT suppressed AND mail_status <> 'bounced'
                RETURNING *
            ), refusing AS (
                INSERT INTO auth.suppression AS s
                    (subject, email_masked, reason, status, link_id, expires_at)
                SELECT b.subject, b.email_masked, :suppressed_for, :status, b.id,
                       now() + make_interval(secs => :ttl)
                  FROM bounced b
                 WHERE :suppressed_for::text IS NOT NULL AND b.email <> ''
                ON CONFLICT (subject) DO UPDATE
                   SET id = excluded.id, reason = excluded.reason, status = excluded.status,
                       link_id = excluded.link_id, created_at = excluded.created_at,
                       expires_at = excluded.expires_at
                 WHERE s.expires_at <= now()
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.mail-events', b.subject, 'io.latchkey.MailBounced.v1',
                       auth.about_link(b.*::auth.link) || jsonb_strip_nulls(jsonb_build_object(
                           'request_id', b.request_id, 'attempts', b.mail_attempts,
                           'class', :class::text, 'status', :status::text,
                           'outcome', 'failure', 'reason', :reason::text))
                  FROM bounced b
                 WHERE :publish
                RETURNING *
            )
            SELECT (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
            """;

    private final Database database;
    private final SuppressionProperties properties;

    BounceStatement(Database database, SuppressionProperties properties) {
        this.database = database;
        this.properties = properties;
    }

    /**
     * @param publish whether nobody else has published it
     * @return the event, if so and if it changed anything
     */
    Mono<List<OutboxRow>> run(LinkId link, MailBounced bounce, boolean publish) {
        var reason = bounce.context().reason();
        var values = new HashMap<String, Object>();
        values.put("id", link.value());
        values.put("error", text(bounce.status() == null ? reason : bounce.status()));
        values.put(
                "suppressed_for",
                text(SuppressionReason.of(bounce).map(Objects::toString).orElse(null)));
        values.put("status", text(bounce.status()));
        values.put("class", bounce.failureClass().toString());
        values.put("reason", text(reason));
        values.put("ttl", Math.toIntExact(properties.ttl().toSeconds()));
        values.put("publish", publish);
        return database.one(
                BOUNCE, values, row -> WrittenEvents.parse(row.get("events", String.class)));
    }
}
