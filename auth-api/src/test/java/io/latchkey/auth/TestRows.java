package io.latchkey.auth;

import io.latchkey.events.LinkId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies in the database, and what a test has to move there: time does not wait for tests. */
public final class TestRows {
    private TestRows() {}

    public static Map<String, @Nullable String> link(LinkId id) {
        return select("SELECT * FROM auth.link WHERE id = ?", id.value()).getFirst();
    }

    /** All rows, every column as text. */
    public static List<Map<String, @Nullable String>> select(String sql, Object... values) {
        try (var connection = connect();
                var statement = statement(connection, sql, values);
                var rows = statement.executeQuery()) {
            var all = new ArrayList<Map<String, @Nullable String>>();
            while (rows.next()) {
                var row = new LinkedHashMap<String, @Nullable String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnName(i), rows.getString(i));
                }
                all.add(row);
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public static long count(String fromAndWhere, Object... values) {
        var row = select("SELECT count(*) AS n " + fromAndWhere, values).getFirst();
        return Long.parseLong(String.valueOf(row.get("n")));
    }

    public static int update(String sql, Object... values) {
        try (var connection = connect();
                var statement = statement(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The caller closes it; what it locks stays locked until then. */
    public static Connection connect() throws SQLException {
        var database = RunningAuthApi.DATABASE;
        return DriverManager.getConnection(
                database.jdbcUrl(), database.username(), database.password());
    }

    static PreparedStatement statement(Connection connection, String sql, Object... values)
            throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
