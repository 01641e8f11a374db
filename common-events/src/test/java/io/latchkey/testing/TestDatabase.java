package io.latchkey.testing;

/**
 * One database of {@link TestPostgres}.
 *
 * @param username of the role that owns it
 */
public record TestDatabase(String host, int port, String name, String username, String password) {
    public String r2dbcUrl() {
        return "r2dbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }
}
