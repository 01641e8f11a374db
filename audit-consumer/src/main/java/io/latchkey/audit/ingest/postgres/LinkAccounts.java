package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.LinkId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Enters into the books what a batch says of links. Each event is entered once. */
final class LinkAccounts {
    private static final String ENTER =
            """
            INSERT INTO audit.link_account AS a
                (link_id, tenant, accepted_at, suppressed, mailed, abandoned, requeued, revoked)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::boolean[], ?::boolean[],
                ?::int[], ?::int[], ?::boolean[])
            ON CONFLICT (link_id) DO UPDATE
               SET tenant = coalesce(a.tenant, excluded.tenant),
                   accepted_at = coalesce(a.accepted_at, excluded.accepted_at),
                   suppressed = a.suppressed OR excluded.suppressed,
                   mailed = a.mailed OR excluded.mailed,
                   abandoned = a.abandoned + excluded.abandoned,
                   requeued = a.requeued + excluded.requeued,
                   revoked = a.revoked OR excluded.revoked
            """;

    private LinkAccounts() {}

    static void enter(Connection connection, List<AuditEvent> events) throws SQLException {
        var entries = new LinkedHashMap<LinkId, Entry>();
        for (var event : events) {
            var link = event.linkId();
            if (link != null) {
                var entry = entries.computeIfAbsent(link, _ -> new Entry(link));
                entry.add(event);
            }
        }
        var relevant = entries.values().stream().filter(entry -> entry.says).toList();
        if (!relevant.isEmpty()) {
            enter(connection, relevant);
        }
    }

    private static void enter(Connection connection, Collection<Entry> entries)
            throws SQLException {
        var columns = new Columns(connection, entries);
        try (var statement = connection.prepareStatement(ENTER)) {
            statement.setArray(1, columns.of("uuid", entry -> entry.link.value()));
            statement.setArray(2, columns.of("text", entry -> entry.tenant));
            statement.setArray(3, columns.of("text", entry -> text(entry.acceptedAt)));
            statement.setArray(4, columns.of("bool", entry -> entry.suppressed));
            statement.setArray(5, columns.of("bool", entry -> entry.mailed));
            statement.setArray(6, columns.of("int4", entry -> entry.abandoned));
            statement.setArray(7, columns.of("int4", entry -> entry.requeued));
            statement.setArray(8, columns.of("bool", entry -> entry.revoked));
            statement.executeUpdate();
        }
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private record Columns(Connection connection, Collection<Entry> entries) {
        java.sql.Array of(String type, Function<Entry, @Nullable Object> value)
                throws SQLException {
            return connection.createArrayOf(type, entries.stream().map(value).toArray());
        }
    }

    /** What one batch says of one link. */
    private static final class Entry {
        private final LinkId link;
        private @Nullable String tenant;
        private @Nullable Instant acceptedAt;
        private boolean suppressed;
        private boolean mailed;
        private int abandoned;
        private int requeued;
        private boolean revoked;
        private boolean says;

        Entry(LinkId link) {
            this.link = link;
        }

        void add(AuditEvent event) {
            var before = says;
            says = true;
            switch (event.type()) {
                case "LinkRequested" -> accept(event);
                case "LinkSuppressed" -> {
                    accept(event);
                    suppressed = true;
                }
                case "MailSent" -> mailed = true;
                case "MailAbandoned" -> abandoned++;
                case "MailRequeued" -> requeued++;
                case "LinkRevoked" -> revoked = true;
                default -> says = before;
            }
        }

        private void accept(AuditEvent event) {
            tenant = event.tenant();
            acceptedAt = event.time();
        }
    }
}
