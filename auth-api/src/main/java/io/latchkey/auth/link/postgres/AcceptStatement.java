package io.latchkey.auth.link.postgres;

import static io.latchkey.auth.platform.Database.instant;
import static io.latchkey.auth.platform.Database.number;
import static io.latchkey.auth.platform.Database.text;
import static io.latchkey.auth.platform.Database.time;

import io.latchkey.auth.link.IdempotencyKey;
import io.latchkey.auth.link.LinkStore.Acceptance;
import io.latchkey.auth.link.LinkStore.NewLink;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.wire.CloudEventCodec;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes a link, its event and its idempotency key in one round trip. Known, unknown and blocked
 * addresses take the same path through the statement (S11); only what the event says differs.
 * Limits count before anything else is looked at; a repeated idempotency key is not counted again.
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
            ), decision AS (
                SELECT CASE WHEN EXISTS (SELECT FROM known)
                            THEN EXISTS (SELECT FROM known WHERE status = 'blocked')
                            ELSE :sign_in_only END AS suppressed,
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
                    mail_status, asked_by)
                SELECT :id, :app_id, :tenant, :kid, :subject, :email, :email_masked, :intent,
                    :redirect_uri, :state, :nonce, :code_challenge, :locale, :attributes::jsonb, :ip,
                    :user_agent, :request_id, :expires_in, :session_duration, suppressed, :deliver_by,
                    expires_at, CASE WHEN suppressed THEN 'suppressed' ELSE 'queued' END, :asked_by
                  FROM decision
                 WHERE :key::text IS NULL OR EXISTS (SELECT FROM first_use)
                RETURNING suppressed, expires_at
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT CASE WHEN suppressed THEN 'latchkey.security-events'
                            ELSE 'latchkey.link-requests' END,
                       :subject,
                       CASE WHEN suppressed THEN 'io.latchkey.LinkSuppressed.v1'
                            ELSE 'io.latchkey.LinkRequested.v1' END,
                       CASE WHEN suppressed THEN :suppressed_event::jsonb ELSE :order::jsonb END
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
        return database.one(ACCEPT, values(link), row -> acceptance(link, row));
    }

    private static Acceptance acceptance(NewLink link, Readable row) {
        var budget = CountedBinds.budget(link.counted(), row);
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
        var values = new HashMap<String, Object>();
        values.put("id", link.id().value());
        values.put("app_id", link.app().id().value());
        values.put("tenant", link.app().tenant());
        values.put("kid", order.kid());
        values.put("subject", String.valueOf(order.context().subject()));
        values.put("email", order.email());
        values.put("email_masked", request.email().masked());
        values.put("intent", request.intent().toString());
        values.put("sign_in_only", signInOnly(link));
        values.put("redirect_uri", request.redirectUri());
        values.put("state", text(request.state()));
        values.put("nonce", text(request.nonce()));
        values.put("code_challenge", text(request.codeChallenge()));
        values.put("locale", text(request.locale()));
        values.put("attributes", text(request.attributes()));
        values.put("ip", text(request.ip()));
        values.put("user_agent", text(request.userAgent()));
        values.put("asked_by", text(request.askedBy()));
        values.put("request_id", text(order.context().requestId()));
        values.put("expires_in", Math.toIntExact(order.expiresIn()));
        values.put(
                "deliver_within",
                Math.toIntExact(
                        Duration.between(order.requestedAt(), order.deliverBy()).toSeconds()));
        values.put("session_duration", number(seconds(request.sessionDuration())));
        values.put("deliver_by", time(order.deliverBy()));
        values.put("key", text(link.key().map(IdempotencyKey::value).orElse(null)));
        values.put("digest", text(link.key().map(IdempotencyKey::digest).orElse(null)));
        CountedBinds.put(link.app().id(), link.counted(), values);
        values.put("order", codec.data(order));
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
