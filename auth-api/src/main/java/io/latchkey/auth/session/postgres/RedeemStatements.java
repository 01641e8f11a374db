package io.latchkey.auth.session.postgres;

import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.session.Redemption;
import io.latchkey.auth.session.Session;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.wire.EventJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The redemption of an authorization code. What a browser confirmed on our pages is worth what its
 * session there is. Locks the link, the user, then that session: whoever ends sessions waits for
 * what is being begun.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2">RFC 6749 §4.1.2</a>
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc7636#section-4.6">RFC 7636 §4.6</a>
 */
@Component
class RedeemStatements {
    /**
     * What an authorization request has named is repeated, unless a verifier says as much (OAuth
     * 2.1). A link that an app has asked for itself came by no such request.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.3">RFC 6749
     *     §4.1.3</a>
     */
    private static final String SAME_REDIRECT =
            """
            (l.redirect_uri = :redirect_uri
                        OR :redirect_uri::text IS NULL
                           AND (l.code_challenge IS NOT NULL OR NOT l.by_authorization))\
            """;

    private static final String BEGIN =
            """
            WITH code AS MATERIALIZED (
                SELECT l.id, l.user_id, l.hosted_session_id,
                       coalesce(l.auth_time, l.confirmed_at) AS auth_time
                  FROM auth.link l
                 WHERE l.id = :link_id AND l.app_id = :app_id AND l.kid = :kid
                   AND l.confirmed_at > now() - interval '60 seconds'
                   AND l.exchanged_at IS NULL AND l.revoked_at IS NULL
                   AND %1$s
                   AND l.code_challenge IS NOT DISTINCT FROM :code_challenge::text
                   FOR UPDATE
            ), person AS MATERIALIZED (
                SELECT u.id
                  FROM auth."user" u JOIN code c ON u.id = c.user_id
                 WHERE u.status = 'active'
                   AND c.auth_time > coalesce(u.signed_out_at, '-infinity')
                   FOR SHARE OF u
            ), hosted AS MATERIALIZED (
                SELECT h.id
                  FROM auth.session h JOIN code c ON h.id = c.hosted_session_id
                 WHERE h.ended_at IS NULL AND h.expires_at > now()
                   AND EXISTS (SELECT FROM person)
                   FOR SHARE OF h
            ), redeemed AS (
                UPDATE auth.link l
                   SET exchanged_at = now(), session_id = :session_id
                  FROM code c, person u, auth.app a
                 WHERE l.id = :link_id AND l.id = c.id AND u.id = c.user_id AND a.id = l.app_id
                   AND (c.hosted_session_id IS NULL OR EXISTS (SELECT FROM hosted))
                RETURNING l.*, least(a.session_ttl, l.session_duration) AS seconds
            ), s AS (
                INSERT INTO auth.session (id, tenant, user_id, app_id, link_id, kid, subject,
                    email_masked, nonce, ip, user_agent, auth_time, expires_at, hosted_session_id)
                SELECT :session_id, tenant, user_id, app_id, id, kid, subject, email_masked, nonce,
                       confirmed_ip, confirmed_agent, coalesce(auth_time, confirmed_at),
                       now() + make_interval(secs => seconds), hosted_session_id
                  FROM redeemed
                RETURNING *
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionIssued.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                  FROM s
                RETURNING *
            )
            SELECT %2$s, (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM s JOIN auth."user" u ON u.id = s.user_id
            """
                    .formatted(SAME_REDIRECT, SessionRow.COLUMNS);

    private static final String BLAME =
            """
            WITH reused AS (
                UPDATE auth.session s
                   SET ended_at = now(), end_reason = 'code_reuse'
                  FROM auth.link l
                 WHERE l.id = :link_id AND l.app_id = :app_id AND l.kid = :kid
                   AND l.exchanged_at IS NOT NULL
                   AND %1$s
                   AND l.code_challenge IS NOT DISTINCT FROM :code_challenge::text
                   AND s.id = l.session_id AND s.ended_at IS NULL AND s.expires_at > now()
                RETURNING s.*
            ), tried AS (
                UPDATE auth.link
                   SET verifier_tries = verifier_tries + 1,
                       revoked_at = CASE WHEN verifier_tries >= 4 THEN now() END,
                       revoked_by = CASE WHEN verifier_tries >= 4 THEN 'codes' END
                 WHERE id = :link_id AND app_id = :app_id AND kid = :kid
                   AND confirmed_at IS NOT NULL AND exchanged_at IS NULL AND revoked_at IS NULL
                   AND code_challenge IS DISTINCT FROM :code_challenge::text
                RETURNING *
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRevoked.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                       || '{"end_reason": "code_reuse", "reason": "code_reuse"}'
                  FROM reused s
                UNION ALL
                SELECT 'latchkey.security-events', t.subject, 'io.latchkey.LinkRevoked.v1',
                       auth.about_link(t.*::auth.link) || :request::jsonb || '{"by": "codes"}'
                  FROM tried t WHERE t.revoked_at IS NOT NULL
                RETURNING *
            )
            SELECT (jsonb_agg(auth.as_published(e)))::text AS events FROM events e
            """
                    .formatted(SAME_REDIRECT);

    private final Database database;
    private final JsonMapper json = EventJson.mapper();

    RedeemStatements(Database database) {
        this.database = database;
    }

    Mono<Changed<Session>> begin(SessionId id, Redemption redemption) {
        var values = values(redemption);
        values.put("session_id", id.value());
        return database.one(BEGIN, values, SessionRow::changed);
    }

    Mono<List<OutboxRow>> blame(Redemption redemption) {
        return database.one(
                BLAME,
                values(redemption),
                row -> WrittenEvents.parse(row.get("events", String.class)));
    }

    private Map<String, Object> values(Redemption redemption) {
        var request =
                EventContext.of(null, null, redemption.requestId())
                        .withOutcome(Outcome.SUCCESS, null);
        var values = new HashMap<String, Object>();
        values.put("link_id", redemption.linkId().value());
        values.put("app_id", redemption.appId().value());
        values.put("kid", redemption.kid());
        values.put("redirect_uri", text(redemption.redirectUri()));
        values.put("code_challenge", text(redemption.codeChallenge()));
        values.put("request", json.writeValueAsString(request));
        return values;
    }
}
