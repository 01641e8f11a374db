package io.latchkey.auth.session.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.number;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.limit.Rate;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.session.CodeRequest;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.events.secret.SubjectKey;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Writes the link behind a code that a session of our pages gives. Nobody has asked for a mail and
 * none is sent, so there is no event: the session that the code leads to has one.
 */
@Component
class IssueCodeStatement {
    private static final String ISSUE =
            """
            WITH signed_in AS MATERIALIZED (
                SELECT s.id, s.tenant, s.auth_time, u.id AS user_id, u.email, a.id AS app_id
                  FROM auth.session s
                  JOIN auth."user" u ON u.id = s.user_id AND u.status = 'active' AND u.email = :email
                  JOIN auth.app a ON a.id = :app_id AND a.tenant = s.tenant
                 WHERE s.id = :session_id AND s.ended_at IS NULL AND s.expires_at > now()
                   AND (:max_age::integer IS NULL
                        OR s.auth_time > now() - make_interval(secs => :max_age))
            ), counted AS MATERIALIZED (
                SELECT b.retry_after[1] = 0 AS let_through
                  FROM signed_in s,
                       auth.take_budget(s.app_id, NULL, ARRAY['codes|' || s.id],
                           ARRAY[:burst::integer], ARRAY[:seconds::double precision]) b
            ), issued AS (
                INSERT INTO auth.link (id, app_id, tenant, kid, subject, email, email_masked,
                    intent, redirect_uri, nonce, code_challenge, ip, user_agent, request_id,
                    expires_in, suppressed, deliver_by, expires_at, mail_status, confirmed_at,
                    confirmed_ip, confirmed_agent, user_id, hosted_session_id, auth_time, by_authorization)
                SELECT :id, s.app_id, s.tenant, :kid, :subject, s.email, :email_masked, 'sign_in',
                       :redirect_uri, :nonce, :code_challenge, :ip, :user_agent, :request_id, 60,
                       true, now(), now() + interval '60 seconds', 'suppressed', now(), :ip,
                       :user_agent, s.user_id, s.id, s.auth_time, true
                  FROM signed_in s, counted c
                 WHERE c.let_through
            )
            SELECT let_through FROM counted
            """;

    private final Database database;
    private final SubjectKey subjects;

    IssueCodeStatement(Database database, SubjectKey subjects) {
        this.database = database;
        this.subjects = subjects;
    }

    Mono<Boolean> run(LinkId id, String kid, CodeRequest request, Rate rate) {
        var address = EmailAddress.parse(request.hosted().email());
        var values = new HashMap<String, Object>();
        values.put("id", id.value());
        values.put("app_id", request.appId().value());
        values.put("session_id", request.hosted().id().value());
        values.put("kid", kid);
        values.put("subject", subjects.subject(address).toString());
        values.put("email", address.value());
        values.put("email_masked", address.masked());
        values.put("redirect_uri", request.redirectUri());
        values.put("nonce", text(request.nonce()));
        values.put("code_challenge", text(request.codeChallenge()));
        values.put("ip", text(request.ip()));
        values.put("user_agent", text(request.userAgent()));
        values.put("request_id", request.requestId());
        values.put("max_age", number(seconds(request)));
        values.put("burst", rate.burst());
        values.put("seconds", (double) rate.period().toSeconds());
        return database.one(ISSUE, values, row -> get(row, "let_through", Boolean.class));
    }

    private static @Nullable Integer seconds(CodeRequest request) {
        return request.maxAge() == null ? null : Math.toIntExact(request.maxAge().toSeconds());
    }
}
