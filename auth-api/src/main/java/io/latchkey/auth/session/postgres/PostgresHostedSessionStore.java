package io.latchkey.auth.session.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Rate;
import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.session.CodeRequest;
import io.latchkey.auth.session.HostedSession;
import io.latchkey.auth.session.HostedSessionStore;
import io.latchkey.auth.session.Session;
import io.latchkey.events.EventContext;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.secret.RefreshToken;
import io.latchkey.events.wire.EventJson;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class PostgresHostedSessionStore implements HostedSessionStore {
    private static final String FIND =
            """
            SELECT %s
              FROM auth.session s
              JOIN auth."user" u ON u.id = s.user_id AND u.status = 'active'
              JOIN auth.app a ON a.id = s.app_id AND a.built_in
             WHERE s.id = :session_id AND s.kid = :kid AND s.generation = :generation
               AND s.ended_at IS NULL AND s.expires_at > now()
            """
                    .formatted(SessionRow.COLUMNS);

    /**
     * The first to come to the link's row says which session it is; a second press of the same
     * button waits for it, and then finds that. Locks the link, the user, then the session, as all
     * statements do.
     */
    private static final String BEGIN =
            """
            WITH pressed AS MATERIALIZED (
                SELECT l.id, l.user_id, l.confirmed_at
                  FROM auth.link l
                 WHERE l.id = :link_id AND l.tenant = :tenant
                   AND l.confirmed_at > now() - interval '60 seconds' AND l.revoked_at IS NULL
                   FOR UPDATE
            ), person AS MATERIALIZED (
                SELECT u.id
                  FROM auth."user" u JOIN pressed l ON u.id = l.user_id
                 WHERE u.status = 'active'
                   AND l.confirmed_at > coalesce(u.signed_out_at, '-infinity')
                   FOR SHARE OF u
            ), present AS MATERIALIZED (
                SELECT s.*
                  FROM auth.session s JOIN auth.app a ON a.id = s.app_id AND a.built_in
                 WHERE s.id = :present AND s.kid = :present_kid
                   AND s.ended_at IS NULL AND s.expires_at > now()
                   AND EXISTS (SELECT FROM person)
                   FOR UPDATE OF s
            ), signed_in AS (
                UPDATE auth.link l
                   SET hosted_session_id = coalesce(l.hosted_session_id,
                           (SELECT p.id FROM present p WHERE p.user_id = l.user_id), :session_id)
                  FROM person u
                 WHERE l.id = :link_id AND u.id = l.user_id
                RETURNING l.*, old.hosted_session_id IS NULL AS is_first,
                          least(:session_ttl::integer, l.session_duration) AS seconds
            ), kept AS (
                UPDATE auth.session s
                   SET auth_time = l.confirmed_at, refreshed_at = now(),
                       expires_at = greatest(s.expires_at, now() + make_interval(secs => l.seconds))
                  FROM present p, signed_in l
                 WHERE s.id = p.id AND p.user_id = l.user_id AND l.is_first
                RETURNING s.*
            ), replaced AS (
                UPDATE auth.session s
                   SET ended_at = now(), end_reason = 'signed_out'
                  FROM present p, signed_in l
                 WHERE s.id = p.id AND p.user_id <> l.user_id
                RETURNING s.*
            ), begun AS (
                INSERT INTO auth.session (id, tenant, user_id, app_id, link_id, kid, subject,
                    email_masked, ip, user_agent, auth_time, expires_at)
                SELECT :session_id, tenant, user_id, :app_id, id, kid, subject, email_masked,
                       confirmed_ip, confirmed_agent, confirmed_at,
                       now() + make_interval(secs => seconds)
                  FROM signed_in
                 WHERE hosted_session_id = :session_id
                RETURNING *
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionIssued.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                  FROM begun s
                UNION ALL
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRefreshed.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                  FROM kept s
                UNION ALL
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRevoked.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                       || '{"end_reason": "signed_out"}'
                  FROM replaced s
                RETURNING *
            )
            SELECT l.hosted_session_id, l.seconds,
                   coalesce((SELECT p.kid FROM present p WHERE p.id = l.hosted_session_id), l.kid)
                       AS kid,
                   (SELECT jsonb_agg(auth.as_published(e)) FROM events e)::text AS events
              FROM signed_in l
            """;

    private final Database database;
    private final IssueCodeStatement issueCode;
    private final JsonMapper json = EventJson.mapper();

    PostgresHostedSessionStore(Database database, IssueCodeStatement issueCode) {
        this.database = database;
        this.issueCode = issueCode;
    }

    @Override
    public Mono<Session> find(RefreshToken cookie) {
        return database.one(
                FIND,
                Map.of(
                        "session_id", cookie.sessionId().value(),
                        "kid", cookie.kid(),
                        "generation", cookie.generation()),
                SessionRow::read);
    }

    @Override
    public Mono<Changed<HostedSession>> begin(
            SessionId id, LinkId link, Optional<RefreshToken> present, App app, String requestId) {
        var values = new HashMap<String, Object>();
        values.put("session_id", id.value());
        values.put("link_id", link.value());
        values.put(
                "present",
                present.map(p -> Parameters.in(p.sessionId().value()))
                        .orElse(Parameters.in(UUID.class)));
        values.put("present_kid", text(present.map(RefreshToken::kid).orElse(null)));
        values.put("app_id", app.id().value());
        values.put("tenant", app.tenant());
        values.put("session_ttl", Math.toIntExact(app.sessionTtl().toSeconds()));
        values.put(
                "request",
                json.writeValueAsString(
                        EventContext.of(null, null, requestId).withOutcome(Outcome.SUCCESS, null)));
        return database.one(BEGIN, values, PostgresHostedSessionStore::begun);
    }

    @Override
    public Mono<Boolean> issueCode(LinkId id, String kid, CodeRequest request, Rate rate) {
        return issueCode.run(id, kid, request, rate);
    }

    private static Changed<HostedSession> begun(Readable row) {
        return new Changed<>(
                new HostedSession(
                        new SessionId(get(row, "hosted_session_id", UUID.class)),
                        get(row, "kid", String.class),
                        Duration.ofSeconds(get(row, "seconds", Integer.class))),
                WrittenEvents.parse(row.get("events", String.class)));
    }
}
