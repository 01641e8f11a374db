package io.latchkey.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.standalone.EmbeddedPostgres.Role;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final List<Role> ROLES =
            List.of(
                    new Role("latchkey_auth", "auth", "a"),
                    new Role("latchkey_audit", "audit", "b"));

    @Test
    void keepsItsDataAndIsDurable(@TempDir Path directory) throws Exception {
        try (var home = Home.open(directory)) {
            try (var postgres = EmbeddedPostgres.start(home, "secret", ROLES);
                    var auth = connect(postgres, "latchkey_auth", "a")) {
                execute(auth, "CREATE TABLE auth.kept (id int)");
                assertThat(show(auth, "fsync")).isEqualTo("on");
                assertThat(show(auth, "synchronous_commit")).isEqualTo("on");
            }

            try (var postgres = EmbeddedPostgres.start(home, "secret", ROLES);
                    var auth = connect(postgres, "latchkey_auth", "a")) {
                execute(auth, "INSERT INTO auth.kept VALUES (1)");
            }
        }
    }

    @Test
    void letsNobodyInWithoutAPasswordAndNoServiceIntoTheOthersSchema(@TempDir Path directory)
            throws Exception {
        try (var home = Home.open(directory);
                var postgres = EmbeddedPostgres.start(home, "secret", ROLES);
                var auth = connect(postgres, "latchkey_auth", "a");
                var audit = connect(postgres, "latchkey_audit", "b")) {
            execute(auth, "CREATE TABLE auth.private (id int)");

            assertThatThrownBy(() -> connect(postgres, "postgres", ""))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connect(postgres, "latchkey_audit", "a"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> execute(audit, "SELECT * FROM auth.private"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(audit, "CREATE TABLE public.mine (id int)"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> execute(audit, "CREATE SCHEMA mine"))
                    .hasMessageContaining("permission denied");
        }
    }

    private static Connection connect(EmbeddedPostgres postgres, String user, String password)
            throws SQLException {
        return DriverManager.getConnection(
                postgres.r2dbcUrl().replace("r2dbc:", "jdbc:"), user, password);
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SHOW " + setting)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
