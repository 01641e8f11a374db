package io.latchkey.auth.link.postgres;

import io.latchkey.auth.app.App;
import io.latchkey.auth.limit.Counted;
import io.latchkey.auth.link.Identifier;
import io.latchkey.auth.link.Identifier.ByAttribute;
import io.latchkey.auth.link.Identifier.ById;
import io.latchkey.auth.link.Identifier.ByPhoneNumber;
import io.latchkey.auth.link.Identifier.ByUsername;
import io.latchkey.auth.link.NamedUsers;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.EmailAddress;
import io.r2dbc.spi.Readable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

@Repository
class PostgresNamedUsers implements NamedUsers {
    /** GCRA as {@code auth.take_budget} does it, but nothing is taken: accepting the link does. */
    private static final String FIND =
            """
            WITH wanted AS (
                SELECT c.n, c.burst, c.seconds,
                       extract(epoch FROM greatest(r.tat, t.at) - t.at) + c.seconds / c.burst AS wait
                  FROM (SELECT clock_timestamp() AS at) t,
                       unnest(:counted_keys::text[], :counted_bursts::integer[],
                              :counted_seconds::double precision[])
                           WITH ORDINALITY AS c (key, burst, seconds, n)
                  LEFT JOIN auth.rate_limit r ON r.key = c.key
            ), budget AS MATERIALIZED (
                SELECT coalesce(array_agg(greatest(0, floor(
                               (seconds - wait) * burst / seconds + 1.0001))::integer ORDER BY n),
                           '{}') AS remaining,
                       coalesce(array_agg(greatest(0, wait - seconds)::double precision ORDER BY n),
                           '{}') AS retry_after
                  FROM wanted
            ), found AS (
                SELECT u.email
                  FROM budget b, auth."user" u
                 WHERE NOT 0 < ANY (b.retry_after) AND u.tenant = :tenant AND %s
                 LIMIT 2
            )
            SELECT b.remaining, b.retry_after, NOT 0 < ANY (b.retry_after) AS granted,
                   (SELECT CASE WHEN count(*) = 1 THEN min(f.email) END FROM found f) AS email
              FROM budget b
            """;

    private static final String BY_ID = FIND.formatted("u.id = :value");
    private static final String BY_USERNAME = FIND.formatted("u.username = :value");
    private static final String BY_PHONE_NUMBER = FIND.formatted("u.phone_number = :value");
    private static final String BY_ATTRIBUTE =
            FIND.formatted("u.attributes @> jsonb_build_object(:name::text, :value::text)");

    private final Database database;

    PostgresNamedUsers(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Found> find(App app, Identifier identifier, List<Counted> counted) {
        return switch (identifier) {
            case ById(var id) -> find(BY_ID, app, counted, Map.of("value", id.value()));
            case ByUsername(var name) -> find(BY_USERNAME, app, counted, Map.of("value", name));
            case ByPhoneNumber(var number) ->
                    find(BY_PHONE_NUMBER, app, counted, Map.of("value", number));
            case ByAttribute(var name, var value) ->
                    find(BY_ATTRIBUTE, app, counted, Map.of("name", name, "value", value));
        };
    }

    private Mono<Found> find(String sql, App app, List<Counted> counted, Map<String, ?> named) {
        var values = new HashMap<String, Object>(named);
        values.put("tenant", app.tenant());
        CountedBinds.put(app.id(), counted, values);
        return database.one(sql, values, row -> found(counted, row));
    }

    private static Found found(List<Counted> counted, Readable row) {
        if (!Database.get(row, "granted", Boolean.class)) {
            return new Found.Limited(CountedBinds.budget(counted, row));
        }
        var email = row.get("email", String.class);
        return email == null ? new Found.Nobody() : new Found.Address(EmailAddress.parse(email));
    }
}
