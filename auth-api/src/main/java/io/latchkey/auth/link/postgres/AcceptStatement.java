package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.instant;
import static io.latchkey.auth.platform.Database.number;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.limit.Counted;
import io.latchkey.auth.link.IdempotencyKey;
import io.latchkey.auth.link.LinkStore.Acceptance;
import io.latchkey.auth.link.LinkStore.NewLink;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.wire.CloudEventCodec;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes a link, its event and its idempotency key in one round trip. Known, unknown and blocked
 * addresses take the same path through the statement (S11); only what the event says differs. An
 * address whose mailbox refuses our mails is suppressed first, whoever has it. Limits count before
 * anything else is looked at; a repeated idempotency key is not counted again.
 */
@Component
class AcceptStatement {
    private static final String ACCEPT =
            """
            WITH budget AS MATERIALIZED (
                SELECT b.*, NOT 0 < ANY (b.retry_after) AS granted
                  FROM auth.take_budget(:app_id, :key::text, :counted_keys::text[],
                       :counted_bursts::integer[], :counted_seconds::double precision[]) b
            ), known AS (
                SELECT status FROM auth."user" WHERE tenant = :tenant AND email = :email
            ), refusing AS (
                SELECT reason FROM auth.suppression
                 WHERE subject = :subject AND expires_at > now()
            ), decision AS (
                SELECT CASE WHEN EXISTS (SELECT FROM refusing) THEN true
                            WHEN EXISTS (SELECT FROM known)
                            THEN EXISTS (SELECT FROM known WHERE status = 'blocked')
                            ELSE :sign_in_only END AS suppressed,
                       (SELECT reason FROM refusing) AS refused,
                       now() + make_interval(secs => :deliver_within + :expires_in) AS expires_at
                  FROM budget WHERE granted
            ), first_use AS (
                INSERT INTO auth.idempotency_key AS k (app_id, key, digest, link_id, expires_at)
                SELECT :app_id, :key, :digest, :id, expires_at
                  FROM decision WHERE :key::text IS NOT NULL
                ON CONFLICT (app_id, key) DO UPDATE
                   SET digest = excluded.digest, link_id = excluded.link_id,
                       expires_at = excluded.expires_at, created_at = now()
                 WHERE k.created_at < now() - interval '24 hours'
                RETURNING link_id
            ), accepted AS (
                INSERT INTO auth.link (id, app_id, tenant, kid, subject, email, email_masked, intent,
                    redirect_uri, state, nonce, code_challenge, locale, attributes, ip, user_agent,
                    request_id, expires_in, session_duration, suppressed, deliver_by, expires_at,
                    mail_status, mail_error, asked_by, by_authorization)
                SELECT :id, :app_id, :tenant, :kid, :subject, :email, :email_masked, :intent,
                    :redirect_uri, :state, :nonce, :code_challenge, :locale, :attributes::jsonb, :ip,
                    :user_agent, :request_id, :expires_in, :session_duration, suppressed, :deliver_by,
                    expires_at, CASE WHEN suppressed THEN 'suppressed' ELSE 'queued' END,
                    refused, :asked_by, :by_authorization
                  FROM decision
                 WHERE :key::text IS NULL OR EXISTS (SELECT FROM first_use)
                RETURNING suppressed, mail_error AS refused, expires_at
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT CASE WHEN suppressed THEN 'latchkey.security-events'
                            ELSE 'latchkey.link-requests' END,
                       :subject,
                       CASE WHEN suppressed THEN 'io.latchkey.LinkSuppressed.v1'
                            ELSE 'io.latchkey.LinkRequested.v1' END,
                       CASE WHEN NOT suppressed THEN :order::jsonb
                            WHEN refused IS NULL THEN :suppressed_event::jsonb
                            ELSE :suppressed_event::jsonb || jsonb_build_object(
                                'outcome', 'refused', 'reason', refused) END
                  FROM accepted
                RETURNING *
            )
            SELECT b.remaining, b.retry_after, b.granted, a.expires_at,
                   (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM budget b LEFT JOIN accepted a ON true
             WHERE a.expires_at IS NOT NULL OR NOT b.granted
            """;

    private final Database database;
    private final CloudEventCodec codec;

    AcceptStatement(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    Mono<Acceptance> run(NewLink link) {
        return database.one(ACCEPT, values(link), row -> acceptance(link.counted(), row));
    }

    /**
     * @param row with the end and the events of a link that is kept, and what its limits have left
     */
    static Acceptance acceptance(List<Counted> counted, Readable row) {
        var budget = CountedBinds.budget(counted, row);
        if (!Database.get(row, "granted", Boolean.class)) {
            return new Acceptance.Limited(budget);
        }
        return new Acceptance.Kept(
                new Changed<>(
                        instant(row, "expires_at"),
                        WrittenEvents.parse(row.get("events", String.class))),
                budget);
    }

    private Map<String, Object> values(NewLink link) {
        var order = link.order();
        var request = link.request();
        var values = LinkBinds.of(link.id(), link.app(), order, link.counted(), codec);
        values.put("sign_in_only", signInOnly(link));
        values.put("redirect_uri", request.redirectUri());
        values.put("state", text(request.state()));
        values.put("nonce", text(request.nonce()));
        values.put("code_challenge", text(request.codeChallenge()));
        values.put("attributes", text(request.attributes()));
        values.put("ip", text(request.ip()));
        values.put("user_agent", text(request.userAgent()));
        values.put("asked_by", text(request.askedBy()));
        values.put("by_authorization", request.byAuthorization());
        values.put(
                "deliver_within",
                Math.toIntExact(
                        Duration.between(order.requestedAt(), order.deliverBy()).toSeconds()));
        values.put("session_duration", number(seconds(request.sessionDuration())));
        values.put("key", text(link.key().map(IdempotencyKey::value).orElse(null)));
        values.put("digest", text(link.key().map(IdempotencyKey::digest).orElse(null)));
        values.put("suppressed_event", codec.data(link.suppressed()));
        return values;
    }

    private static boolean signInOnly(NewLink link) {
        return switch (link.request().intent()) {
            case SIGN_IN -> true;
            case SIGN_IN_OR_UP -> !link.app().signUpOpen();
            case SIGN_UP -> false;
        };
    }

    private static @Nullable Integer seconds(@Nullable Duration duration) {
        return duration == null ? null : Math.toIntExact(duration.toSeconds());
    }
}
