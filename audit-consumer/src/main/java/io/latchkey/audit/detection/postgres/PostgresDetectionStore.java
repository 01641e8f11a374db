package io.latchkey.audit.detection.postgres;

import io.latchkey.audit.detection.DetectionStore;
import io.latchkey.audit.detection.Finding;
import io.latchkey.audit.detection.Group;
import io.latchkey.audit.detection.Rule;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** One statement a rule, along the index over time. */
@Repository
class PostgresDetectionStore implements DetectionStore {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /**
     * Types and outcome, where the rule names any; nothing from the future, which a publisher with
     * a wrong clock writes.
     */
    private static final String COUNTS =
            """
             time < now() + interval '1 minute' AND {kinds}
            """;

    private static final String KINDS =
            """
             (cardinality(:types::text[]) = 0 OR type = ANY (:types::text[]))
             AND (:outcome = '' OR outcome = :outcome)
            """;

    private static final String COUNT =
            """
            SELECT {by} AS of, count(*) AS n
              FROM audit.audit_event
             WHERE time > now() - :seconds * interval '1 second' AND {counts}
             GROUP BY 1 HAVING count(*) >= :threshold AND {by} IS NOT NULL
             ORDER BY n DESC LIMIT 100
            """;

    private static final String DISTINCT =
            """
            SELECT {by} AS of, count(DISTINCT {distinct}) AS n
              FROM audit.audit_event
             WHERE time > now() - :seconds * interval '1 second' AND {counts}
             GROUP BY 1 HAVING count(DISTINCT {distinct}) >= :threshold AND {by} IS NOT NULL
             ORDER BY n DESC LIMIT 100
            """;

    private static final String SHARE =
            """
            SELECT {by} AS of, count(*) FILTER (WHERE {counts}) AS n
              FROM audit.audit_event
             WHERE time > now() - :seconds * interval '1 second'
               AND time < now() + interval '1 minute'
               AND type = ANY (:all::text[])
             GROUP BY 1
            HAVING count(*) >= :minimum
                   AND count(*) FILTER (WHERE {counts}) >= :threshold * count(*)
                   AND {by} IS NOT NULL
             ORDER BY n DESC LIMIT 100
            """;

    private static final String SURGE =
            """
            WITH counted AS (
                SELECT {by} AS of,
                       count(*) FILTER (WHERE time > now() - :seconds * interval '1 second') AS n,
                       count(*) FILTER (WHERE time <= now() - :seconds * interval '1 second')
                           * :seconds / 86400.0 AS usual
                  FROM audit.audit_event
                 WHERE time > now() - (:seconds + 86400) * interval '1 second' AND {counts}
                 GROUP BY 1)
            SELECT of, n FROM counted
             WHERE n >= :minimum AND n >= :threshold * usual AND of IS NOT NULL
             ORDER BY n DESC LIMIT 100
            """;

    /** The same of all together, whose day is counted already. */
    private static final String SURGE_OF_ALL =
            """
            WITH counted AS (
                SELECT (SELECT count(*) FROM audit.audit_event
                         WHERE time > now() - :seconds * interval '1 second' AND {counts}) AS n,
                       (SELECT coalesce(sum(events), 0) FROM audit.event_count
                         WHERE minute > now() - (:seconds + 86400) * interval '1 second'
                           AND minute <= now() - :seconds * interval '1 second'
                           AND {kinds}) * :seconds / 86400.0 AS usual)
            SELECT ''::text AS of, n FROM counted
             WHERE n >= :minimum AND n >= :threshold * usual
            """;

    private final DatabaseClient database;

    PostgresDetectionStore(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<List<Finding>> find(Rule rule) {
        var query =
                database.sql(sql(rule))
                        .bind("types", rule.types().toArray(String[]::new))
                        .bind("outcome", Objects.toString(rule.outcome(), ""))
                        .bind("seconds", rule.window().toSeconds())
                        .bind("threshold", rule.threshold());
        if (rule.kind() == Rule.Kind.SHARE || rule.kind() == Rule.Kind.SURGE) {
            query = query.bind("minimum", rule.minimum());
        }
        if (rule.kind() == Rule.Kind.SHARE) {
            query = query.bind("all", all(rule).toArray(String[]::new));
        }
        return query.map(PostgresDetectionStore::finding).all().collectList().timeout(TIMEOUT);
    }

    private static Set<String> all(Rule rule) {
        var all = new HashSet<>(rule.types());
        all.addAll(rule.of());
        return all;
    }

    private static String sql(Rule rule) {
        var sql =
                switch (rule.kind()) {
                    case COUNT -> COUNT;
                    case DISTINCT -> DISTINCT;
                    case SHARE -> SHARE;
                    case SURGE -> rule.by() == Group.ALL ? SURGE_OF_ALL : SURGE;
                };
        return sql.replace("{by}", column(rule.by()))
                .replace("{distinct}", column(rule.distinct()))
                .replace("{counts}", COUNTS)
                .replace("{kinds}", KINDS);
    }

    private static String column(Group group) {
        return switch (group) {
            case ALL -> "''::text";
            case NETWORK ->
                    "host(network(set_masklen(ip, CASE family(ip) WHEN 4 THEN 24 ELSE 64 END)))";
            case SUBJECT -> "subject";
            case APP -> "app_id::text";
            case SESSION -> "session_id::text";
        };
    }

    private static Finding finding(Readable row) {
        return new Finding(
                Objects.requireNonNull(row.get("of", String.class)),
                Objects.requireNonNull(row.get("n", Long.class)));
    }
}
