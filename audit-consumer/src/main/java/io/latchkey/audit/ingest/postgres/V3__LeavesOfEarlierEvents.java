package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.tlog.TreeEdge;
import io.latchkey.audit.tlog.TreeHash;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.audit.trail.ClientAddress;
import io.latchkey.audit.trail.RecordedEvent;
import io.latchkey.events.AppId;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkId;
import io.latchkey.events.Outcome;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import io.latchkey.events.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes leaves of what was recorded before there was a log, at the same places, and enters it into
 * the books. Not in SQL, as the canonical JSON is the library's.
 */
@Component
public class V3__LeavesOfEarlierEvents extends BaseJavaMigration {
    private static final int AT_A_TIME = 2000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String EARLIER =
            """
            SELECT sequence, event_id, time, type, outcome, reason, tenant, app_id, user_id,
                   subject, email_masked, link_id, session_id, host(ip) AS ip, user_agent,
                   request_id, data::text AS data
              FROM audit.event_before_log ORDER BY sequence
            """;

    @Override
    public void migrate(Context context) throws SQLException {
        var connection = context.getConnection();
        var edge = new TreeEdge();
        var partitions = new TrailPartitions();
        try (var statement = connection.prepareStatement(EARLIER)) {
            statement.setFetchSize(AT_A_TIME);
            try (var rows = statement.executeQuery()) {
                var events = new ArrayList<AuditEvent>(AT_A_TIME);
                while (rows.next()) {
                    events.add(event(rows));
                    if (events.size() == AT_A_TIME) {
                        append(connection, partitions, edge, events);
                    }
                }
                append(connection, partitions, edge, events);
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("DROP TABLE audit.event_before_log");
        }
    }

    private static void append(
            Connection connection,
            TrailPartitions partitions,
            TreeEdge edge,
            List<AuditEvent> events)
            throws SQLException {
        var first = edge.head().size();
        partitions.ensure(connection, first + events.size());
        var recorded = new ArrayList<RecordedEvent>();
        for (var event : events) {
            recorded.add(RecordedEvent.of(first + recorded.size(), event));
        }
        EventRows.insert(connection, events, recorded);
        LogTiles.write(
                connection,
                edge.append(recorded.stream().map(each -> TreeHash.ofLeaf(each.leaf())).toList()));
        LinkAccounts.enter(connection, events);
        events.clear();
    }

    private static AuditEvent event(ResultSet row) throws SQLException {
        return new AuditEvent(
                new EventId(row.getObject("event_id", UUID.class)),
                row.getObject("time", OffsetDateTime.class).toInstant(),
                row.getString("type"),
                optional(
                        row.getString("outcome"),
                        name -> Outcome.valueOf(name.toUpperCase(Locale.ROOT))),
                row.getString("reason"),
                row.getString("tenant"),
                optional(row.getObject("app_id", UUID.class), AppId::new),
                optional(row.getObject("user_id", UUID.class), UserId::new),
                optional(row.getString("subject"), Subject::new),
                row.getString("email_masked"),
                optional(row.getObject("link_id", UUID.class), LinkId::new),
                optional(row.getObject("session_id", UUID.class), SessionId::new),
                optional(row.getString("ip"), text -> ClientAddress.parse(text).orElseThrow()),
                row.getString("user_agent"),
                row.getString("request_id"),
                compact(row.getString("data")));
    }

    /** As it was before the database wrote blanks into it. */
    private static String compact(String json) {
        return JSON.writeValueAsString(JSON.readTree(json));
    }

    private static <T, R> @Nullable R optional(@Nullable T value, Function<T, R> of) {
        return value == null ? null : of.apply(value);
    }
}
