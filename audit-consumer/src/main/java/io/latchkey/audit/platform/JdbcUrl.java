package io.latchkey.audit.platform;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The JDBC form of an R2DBC URL, so that an operator names the database once. Keeps hosts, database
 * and the settings of TLS; drops credentials and what only the R2DBC driver knows.
 */
final class JdbcUrl {
    private static final Pattern R2DBC =
            Pattern.compile(
                    "r2dbcs?:(?:pool:)?(?:postgresql|postgres):(?:failover:)?//(?:[^@/]*@)?([^?]+)(?:\\?(.*))?");

    private static final Map<String, String> OPTIONS =
            Map.of(
                    "sslMode", "sslmode",
                    "sslRootCert", "sslrootcert",
                    "sslCert", "sslcert",
                    "sslKey", "sslkey");

    private JdbcUrl() {}

    /**
     * @throws UnusableSettingException if it is no R2DBC URL of PostgreSQL; the message does not
     *     repeat it, as it may hold a password
     */
    static String of(String r2dbcUrl) {
        var parts = R2DBC.matcher(r2dbcUrl);
        if (!parts.matches()) {
            throw new UnusableSettingException(
                    "spring.r2dbc.url (expected: r2dbc:postgresql://host:port/database)");
        }
        var query = parts.group(2);
        var options =
                query == null
                        ? ""
                        : Arrays.stream(query.split("&", -1))
                                .map(option -> option.split("=", 2))
                                .filter(option -> option.length == 2)
                                .filter(option -> OPTIONS.containsKey(option[0]))
                                .map(option -> OPTIONS.get(option[0]) + "=" + option[1])
                                .collect(Collectors.joining("&"));
        return "jdbc:postgresql://" + parts.group(1) + (options.isEmpty() ? "" : "?" + options);
    }
}
