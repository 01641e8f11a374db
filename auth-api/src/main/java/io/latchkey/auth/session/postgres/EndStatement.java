package io.latchkey.auth.session.postgres;

import static io.latchkey.auth.platform.Database.get;
import static io.latchkey.auth.platform.Database.text;

import io.latchkey.auth.outbox.Changed;
import io.latchkey.auth.outbox.WrittenEvents;
import io.latchkey.auth.platform.Database;
import io.latchkey.auth.session.Ending;
import io.latchkey.auth.session.Ending.AllOfUser;
import io.latchkey.auth.session.Ending.OfBrowser;
import io.latchkey.auth.session.Ending.OneOfApp;
import io.latchkey.auth.session.Ending.OneOfTenant;
import io.latchkey.auth.session.Ending.OneOfUser;
import io.latchkey.auth.session.Ending.UnusedHosted;
import io.latchkey.events.EventContext;
import io.latchkey.events.Outcome;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EventJson;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ends sessions. They are locked first, in the order of their ids, so that no two statements wait
 * for each other; what somebody else has ended meanwhile is not ended again.
 */
@Component
class EndStatement {
    private static final String END =
            """
            WITH %salive AS MATERIALIZED (
                SELECT s.id
                  FROM auth.session s
                 WHERE %s
                   AND s.ended_at IS NULL AND s.expires_at > now()
                 ORDER BY s.id
                   FOR UPDATE
            ), ended AS (
                UPDATE auth.session s
                   SET ended_at = now(), end_reason = :reason
                  FROM alive
                 WHERE s.id = alive.id
                RETURNING s.*
            ), events AS (
                INSERT INTO auth.outbox (topic, key, type, data)
                SELECT 'latchkey.security-events', s.subject, 'io.latchkey.SessionRevoked.v1',
                       auth.about_session(s.*::auth.session) || :request::jsonb
                       || jsonb_build_object('end_reason', s.end_reason)
                  FROM ended s
                UNION ALL
                SELECT 'latchkey.security-events', min(s.subject), 'io.latchkey.AdminActed.v1',
                       :admin_act::jsonb
                  FROM ended s
                HAVING :admin_act::text IS NOT NULL AND (count(*) > 0 OR %s)
                RETURNING *
            )
            SELECT (SELECT count(*) FROM ended)::integer AS ended,
                   jsonb_agg(auth.as_published(e))::text AS events
              FROM events e
            """;

    private static final String ONE_OF_TENANT =
            endWhere("s.id = :session_id AND s.tenant = :tenant");
    private static final String ONE_OF_APP = endWhere("s.id = :session_id AND s.app_id = :app_id");
    private static final String ONE_OF_USER =
            endWhere("s.id = :session_id AND s.user_id = :user_id");
    private static final String OF_BROWSER =
            endWhere("(s.id = :session_id OR s.hosted_session_id = :session_id)");

    /** With the codes that are on their way, which alone make it an act: they are of before. */
    private static final String ALL_OF_USER =
            END.formatted(
                    """
                    person AS MATERIALIZED (
                        UPDATE auth."user" SET signed_out_at = clock_timestamp()
                         WHERE id = :user_id
                        RETURNING id
                    ), \
                    """,
                    "s.user_id = :user_id AND (SELECT count(*) FROM person) >= 0",
                    "EXISTS (SELECT FROM person)");

    /** Run after the session itself has ended: of two that end at once the later one sees both. */
    private static final String UNUSED_HOSTED =
            endWhere(
                    """
                    s.id = (SELECT b.hosted_session_id FROM auth.session b
                                 WHERE b.id = :session_id AND b.app_id = :app_id)
                       AND NOT EXISTS (
                           SELECT FROM auth.session o
                            WHERE o.hosted_session_id = s.id
                              AND o.ended_at IS NULL AND o.expires_at > now())\
                    """);

    private static String endWhere(String condition) {
        return END.formatted("", condition, "false");
    }

    private final Database database;
    private final CloudEventCodec codec;
    private final JsonMapper json = EventJson.mapper();

    EndStatement(Database database, CloudEventCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    Mono<Changed<Integer>> run(Ending ending) {
        return switch (ending.which()) {
            case OneOfTenant(var id, var tenant) ->
                    run(ONE_OF_TENANT, ending, Map.of("session_id", id.value(), "tenant", tenant));
            case OneOfApp(var id, var app) ->
                    run(
                            ONE_OF_APP,
                            ending,
                            Map.of("session_id", id.value(), "app_id", app.value()));
            case OneOfUser(var id, var user) ->
                    run(
                            ONE_OF_USER,
                            ending,
                            Map.of("session_id", id.value(), "user_id", user.value()));
            case OfBrowser(var hosted) ->
                    run(OF_BROWSER, ending, Map.of("session_id", hosted.value()));
            case AllOfUser(var user) -> run(ALL_OF_USER, ending, Map.of("user_id", user.value()));
            case UnusedHosted(var begun, var app) ->
                    run(
                            UNUSED_HOSTED,
                            ending,
                            Map.of("session_id", begun.value(), "app_id", app.value()));
        };
    }

    private Mono<Changed<Integer>> run(String sql, Ending ending, Map<String, Object> which) {
        var values = new HashMap<>(which);
        var act = ending.byAdministrator();
        values.put("admin_act", text(act == null ? null : codec.data(act)));
        values.put("reason", ending.reason().toString());
        values.put(
                "request",
                json.writeValueAsString(
                        EventContext.of(null, null, ending.requestId())
                                .withOutcome(Outcome.SUCCESS, null)));
        return database.one(
                sql,
                values,
                row ->
                        new Changed<>(
                                get(row, "ended", Integer.class),
                                WrittenEvents.parse(row.get("events", String.class))));
    }
}
