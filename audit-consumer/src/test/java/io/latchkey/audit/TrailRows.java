package io.latchkey.audit;

import io.latchkey.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks at the tables themselves, behind the back of the process. */
public final class TrailRows {
    private final TestDatabase database;

    public TrailRows(TestDatabase database) {
        this.database = database;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
    }

    public long number(String sql) {
        return Long.parseLong(texts(sql).getFirst());
    }

    /** The first column. */
    public List<String> texts(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Breaks the appender's connections, at whatever they are, as its death would. */
    public long killAppenders() {
        return number(
                """
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                 WHERE application_name = 'latchkey-audit' AND datname = current_database()
                """);
    }

    /** That many events have these ids, and all events are numbered from 0 without gaps. */
    public boolean isWhole() {
        return number("SELECT count(*) FROM audit.audit_event")
                        == number("SELECT coalesce(max(sequence) + 1, 0) FROM audit.audit_event")
                && number("SELECT count(*) FROM audit.audit_event")
                        == number("SELECT size FROM audit.log_state");
    }

    /** Bytes would be hexadecimal. */
    private static String text(String table) {
        return table.startsWith("audit_event")
                ? "t::text || convert_from(leaf, 'UTF8')"
                : "t::text";
    }

    /** Every row of every table of the schema, as text. */
    public String dump() {
        var dump = new StringBuilder();
        texts("SELECT tablename FROM pg_tables WHERE schemaname = 'audit'")
                .forEach(
                        table ->
                                texts("SELECT %s FROM audit.%s t".formatted(text(table), table))
                                        .forEach(row -> dump.append(row).append('\n')));
        return dump.toString();
    }
}
