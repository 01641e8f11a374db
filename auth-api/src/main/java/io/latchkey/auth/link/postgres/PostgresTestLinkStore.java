package io.latchkey.auth.link.postgres;

import io.latchkey.auth.link.LinkStore.Acceptance;
import io.latchkey.auth.link.TestLinkStore;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.wire.CloudEventCodec;
import java.util.Map;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresTestLinkStore implements TestLinkStore {
    /**
     * Expired, and not revoked: a mail that nobody reports on is given up like that of any link.
     * Whether the app would mail the address is not asked, but a mailbox that refuses our mails is
     * left alone.
     */
    private static final String ACCEPT =
            """
            WITH budget AS MATERIALIZED (
                SELECT b.*, NOT 0 < ANY (b.retry_after) AS granted
                  FROM auth.take_budget(:app_id, NULL, :counted_keys::text[],
                       :counted_bursts::integer[], :counted_seconds::double precision[]) b
            ), decision AS (
                SELECT (SELECT reason FROM auth.suppression
                         WHERE subject = :subject AND expires_at > now()) AS refused
                  FROM budget WHERE granted
            ), accepted AS (
                INSERT INTO auth.link (id, app_id, tenant, kid, subject, email, email_masked, intent,
                    redirect_uri, locale, request_id, expires_in, suppressed, deliver_by,
                    expires_at, mail_status, mail_error)
                SELECT :id, :app_id, :tenant, :kid, :subject, :email, :email_masked, :intent,
                    :redirect_uri, :locale, :request_id, :expires_in, refused IS NOT NULL,
                    :deliver_by, now(),
                    CASE WHEN refused IS NULL THEN 'queued' ELSE 'suppressed' END, refused
                  FROM decision
                RETURNING mail_error AS refused, expires_at
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.link-requests', :subject, 'io.latchkey.LinkRequested.v1',
                       :order::jsonb
                  FROM accepted WHERE refused IS NULL
                UNION ALL
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.LinkSuppressed.v1',
                       :suppressed_event::jsonb || jsonb_build_object(
                           'outcome', 'refused', 'reason', refused)
                  FROM accepted WHERE refused IS NOT NULL
                UNION ALL
                SELECT 'latchkey.security-events', :subject, 'io.latchkey.AdminActed.v1',
                       :act::jsonb
                  FROM accepted
                RETURNING *
            )
            SELECT b.remaining, b.retry_after, b.granted, a.expires_at,
                   (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM budget b LEFT JOIN accepted a ON true
            """;

    private final Database database;
    private final CloudEventCodec codec;

    PostgresTestLinkStore(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    @Override
    public Mono<Acceptance> accept(TestLink link) {
        return database.one(
                ACCEPT, values(link), row -> AcceptStatement.acceptance(link.counted(), row));
    }

    private Map<String, Object> values(TestLink link) {
        var values = LinkBinds.of(link.id(), link.app(), link.order(), link.counted(), codec);
        values.put("redirect_uri", link.redirectUri());
        values.put("suppressed_event", codec.data(link.suppressed()));
        values.put("act", codec.data(link.act()));
        return values;
    }
}
