package io.latchkey.auth.platform;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Migrations run over JDBC; where the database is, an operator says once, as the R2DBC URL. */
@Configuration(proxyBeanMethods = false)
class FlywayFromR2dbc {
    private static final int POSTGRESQL_PORT = 5432;

    /** As JDBC details it switches the migrations on, as Flyway details it says where to. */
    @Bean
    Details flywayConnectionDetails(R2dbcConnectionDetails r2dbc) {
        return new Details(r2dbc.getConnectionFactoryOptions());
    }

    record Details(ConnectionFactoryOptions options)
            implements JdbcConnectionDetails, FlywayConnectionDetails {
        @Override
        public @Nullable String getUsername() {
            return (String) options.getValue(ConnectionFactoryOptions.USER);
        }

        @Override
        public @Nullable String getPassword() {
            var password = options.getValue(ConnectionFactoryOptions.PASSWORD);
            return password == null ? null : password.toString();
        }

        @Override
        public String getDriverClassName() {
            return "org.postgresql.Driver";
        }

        @Override
        public String getJdbcUrl() {
            var port = options.getValue(ConnectionFactoryOptions.PORT);
            var ssl = options.getValue(Option.<Object>valueOf("sslMode"));
            return "jdbc:postgresql://"
                    + options.getRequiredValue(ConnectionFactoryOptions.HOST)
                    + ":"
                    + (port == null ? POSTGRESQL_PORT : port)
                    + "/"
                    + options.getRequiredValue(ConnectionFactoryOptions.DATABASE)
                    + (ssl == null ? "" : "?sslmode=" + ssl);
        }
    }
}
