package io.latchkey.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL of this test JVM: started at first use, ended with the JVM, one for all tests.
 *
 * <pre>{@code
 * static final TestDatabase DATABASE = TestPostgres.database("auth");
 *
 * @DynamicPropertySource
 * static void database(DynamicPropertyRegistry settings) {
 *     settings.add("spring.r2dbc.url", DATABASE::r2dbcUrl);
 *     settings.add("spring.r2dbc.username", DATABASE::username);
 *     settings.add("spring.r2dbc.password", DATABASE::password);
 * }
 * }</pre>
 *
 * <p>Each database is fresh and has an owner of its own, so tests need not clean up. A test that
 * stops the server must start it again, in {@code @AfterEach} at the latest.
 */
public final class TestPostgres {
    private static final String IMAGE = "postgres:18";
    private static final String SUPERUSER = "postgres";
    private static final String SUPERUSER_PASSWORD = "postgres";
    private static final int PORT = 5432;
    private static final String CONNECTIONS = "200";
    private static final String BUFFERS = "64MB";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgres() {}

    private static final class Running {
        static final TestServer SERVER =
                ServerChoice.start(
                        "PostgreSQL", IMAGE, TestPostgres::container, TestPostgres::embedded);
    }

    /**
     * A new, empty database with a role that owns it and is no superuser.
     *
     * @param name letters, digits and underscores; the database's name begins with it
     */
    public static TestDatabase database(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,40}")) {
            throw new IllegalArgumentException("name: " + name + " (expected: [a-z][a-z0-9_]*)");
        }
        var server = Running.SERVER;
        var unique = name + "_" + DATABASES.incrementAndGet();
        var database =
                new TestDatabase(
                        server.host(), server.port(), unique, unique + "_owner", "pw-" + unique);
        try (var connection = connect(server.host(), server.port());
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE %s LOGIN PASSWORD '%s'"
                            .formatted(database.username(), database.password()));
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(unique, database.username()));
        } catch (SQLException e) {
            throw new IllegalStateException("database " + unique + " could not be created", e);
        }
        return database;
    }

    /** Ends the server as an operator would; connections break, data stays. */
    public static void stop() {
        Running.SERVER.stop();
    }

    /** Starts a stopped server on its port, with its data; returns when it answers. */
    public static void start() {
        Running.SERVER.start();
    }

    private static Connection connect(String host, int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/postgres".formatted(host, port),
                SUPERUSER,
                SUPERUSER_PASSWORD);
    }

    private static TestServer container() {
        var port = FreePorts.next();
        var container =
                new PostgreSQLContainer(IMAGE)
                        .withUsername(SUPERUSER)
                        .withPassword(SUPERUSER_PASSWORD)
                        .withDatabaseName(SUPERUSER)
                        .withCommand(
                                "postgres",
                                "-c",
                                "fsync=off",
                                "-c",
                                "max_connections=" + CONNECTIONS,
                                "-c",
                                "shared_buffers=" + BUFFERS);
        return new ContainerServer(
                container, PORT, port, () -> requireAnswer(container.getHost(), port));
    }

    private static void requireAnswer(String host, int port) {
        try (var connection = connect(host, port)) {
            connection.setReadOnly(true);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL does not answer yet", e);
        }
    }

    private static TestServer embedded() {
        var port = FreePorts.next();
        return new EmbeddedServer<>(
                "postgres",
                port,
                directory ->
                        EmbeddedPostgres.builder()
                                .setPort(port)
                                .setDataDirectory(directory)
                                .setCleanDataDirectory(false)
                                .setRegisterShutdownHook(false)
                                .setServerConfig("max_connections", CONNECTIONS)
                                .setServerConfig("shared_buffers", BUFFERS)
                                .setPGStartupWait(Duration.ofSeconds(60))
                                .start(),
                EmbeddedPostgres::close);
    }
}
