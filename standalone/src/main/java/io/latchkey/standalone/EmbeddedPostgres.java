package io.latchkey.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One PostgreSQL server on loopback, durable as a production server is, with the database {@code
 * latchkey} and a role per service that owns its schema and nothing else. Every connection needs a
 * password, also of other users of this machine.
 */
final class EmbeddedPostgres implements AutoCloseable {
    private static final String DATABASE = "latchkey";
    private static final String ADMINISTRATOR = "postgres";
    private static final int PREFERRED_PORT = 25_432;
    private static final String BINARIES = "ot.epg.working-dir";
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    /**
     * A service's role: it owns the schema.
     *
     * @param password of letters, digits, {@code -} and {@code _}
     */
    record Role(String name, String schema, String password) {
        Role {
            if (!password.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException(
                        "password of " + name + " (expected: letters, digits, - and _)");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final io.zonky.test.db.postgres.embedded.EmbeddedPostgres server;

    private EmbeddedPostgres(io.zonky.test.db.postgres.embedded.EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Returns when the server answers, on the port it had the last time where that is free. A
     * server that outlived a killed standalone is adopted as it is.
     *
     * @param administratorPassword of the role {@code postgres}; never changes for a home
     */
    static EmbeddedPostgres start(Home home, String administratorPassword, List<Role> roles)
            throws IOException, SQLException {
        var directory = home.resolve("postgres");
        if (!Files.exists(directory)) {
            initialise(home, directory, administratorPassword);
        }
        var postgres =
                new EmbeddedPostgres(
                        start(home, directory, administratorPassword, UnaryOperator.identity()));
        try {
            postgres.prepare(roles);
        } catch (SQLException e) {
            postgres.close();
            throw e;
        }
        return postgres;
    }

    /** Under another name until it is whole: whoever is killed meanwhile leaves no half cluster. */
    private static void initialise(Home home, Path directory, String administratorPassword)
            throws IOException {
        var draft = home.resolve("postgres.initialising");
        if (Files.exists(draft)) {
            postmaster(draft).ifPresent(EmbeddedPostgres::kill);
            delete(draft);
        }
        home.write("postgres-password", administratorPassword);
        try {
            start(
                            home,
                            draft,
                            administratorPassword,
                            // Becomes an option of initdb, as the locale settings do.
                            settings ->
                                    settings.setLocaleConfig(
                                            "pwfile", home.resolve("postgres-password").toString()))
                    .close();
        } finally {
            Files.deleteIfExists(home.resolve("postgres-password"));
        }
        Files.move(draft, directory);
    }

    private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres start(
            Home home,
            Path directory,
            String administratorPassword,
            UnaryOperator<io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder> more)
            throws IOException {
        if (System.getProperty(BINARIES) == null) {
            // The default is a directory in /tmp that anybody may write to.
            System.setProperty(BINARIES, home.resolve("postgres-binaries").toString());
        }
        return more.apply(settings(home))
                .setDataDirectory(directory)
                .setPort(port(home, directory))
                .setConnectConfig("password", administratorPassword)
                .start();
    }

    private static io.zonky.test.db.postgres.embedded.EmbeddedPostgres.Builder settings(Home home) {
        return io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_TIMEOUT)
                // The library's own defaults are for throw-away data.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", home.resolve("logs").toString())
                .setServerConfig("log_filename", "postgres-%a.log")
                .setServerConfig("log_truncate_on_rotation", "on")
                .setServerConfig("log_rotation_size", "0")
                // Without details: those of a unique violation repeat the values, addresses too.
                .setServerConfig("log_error_verbosity", "terse")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
    }

    private static int port(Home home, Path directory) {
        // A foreign server on the port would make the start fail late and misleadingly.
        return postmaster(directory)
                .map(Postmaster::port)
                .orElseGet(
                        () ->
                                LoopbackPorts.keep(
                                        NamedValues.read(home, "postgres.ports"),
                                        "POSTGRES_PORT",
                                        PREFERRED_PORT));
    }

    String r2dbcUrl() {
        return "r2dbc:postgresql://127.0.0.1:" + server.getPort() + "/" + DATABASE;
    }

    private void prepare(List<Role> roles) throws SQLException {
        try (var connection = connect(ADMINISTRATOR)) {
            if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", DATABASE)) {
                execute(connection, "CREATE DATABASE " + DATABASE);
            }
        }
        try (var connection = connect(DATABASE)) {
            execute(
                    connection,
                    "REVOKE ALL ON DATABASE " + DATABASE + ", postgres, template1 FROM PUBLIC");
            for (var role : roles) {
                prepare(connection, role);
            }
        }
    }

    private static void prepare(Connection connection, Role role) throws SQLException {
        if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", role.name())) {
            execute(connection, "CREATE ROLE " + role.name() + " LOGIN");
        }
        // The server logs a statement that fails, and this one names the password.
        execute(connection, "SET log_min_error_statement = panic");
        execute(connection, "ALTER ROLE " + role.name() + " PASSWORD '" + role.password() + "'");
        execute(connection, "GRANT CONNECT ON DATABASE " + DATABASE + " TO " + role.name());
        execute(
                connection,
                "CREATE SCHEMA IF NOT EXISTS " + role.schema() + " AUTHORIZATION " + role.name());
    }

    /** As the administrator. */
    Connection connect(String database) throws SQLException {
        return server.getDatabase(ADMINISTRATOR, database).getConnection();
    }

    private static boolean exists(Connection connection, String query, String name)
            throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Open transactions are rolled back, committed ones are on disk. */
    @Override
    public void close() throws IOException {
        server.close();
    }

    /** A running server's main process, and the port it listens on. */
    private record Postmaster(ProcessHandle process, int port) {}

    private static Optional<Postmaster> postmaster(Path directory) {
        try {
            // Line 1 is its process id, line 4 its port.
            var lines = Files.readAllLines(directory.resolve("postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(EmbeddedPostgres::isPostgres)
                    .map(process -> new Postmaster(process, Integer.parseInt(lines.get(3))));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The process id may have passed to a stranger since. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().filter(path -> path.endsWith("postgres")).isPresent();
    }

    private static void kill(Postmaster postmaster) {
        postmaster.process().destroyForcibly();
        postmaster.process().onExit().join();
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
