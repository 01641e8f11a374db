package io.latchkey.audit.platform;

import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The blocking way to the database, beside the reactive one of the queries: for the migrations and
 * for the appender, which holds one connection for as long as it appends.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    private static final String CONNECT_SECONDS = "3";

    /** Opens a new connection whenever asked; each is the caller's to bound and close. */
    @Bean
    @FlywayDataSource
    DataSource blockingDataSource(R2dbcProperties r2dbc) {
        var settings = new Properties();
        settings.setProperty("connectTimeout", CONNECT_SECONDS);
        settings.setProperty("loginTimeout", CONNECT_SECONDS);
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("ApplicationName", "latchkey-audit");
        setIfPresent(settings, "user", r2dbc.getUsername());
        setIfPresent(settings, "password", r2dbc.getPassword());
        return new DriverManagerDataSource(JdbcUrl.of(String.valueOf(r2dbc.getUrl())), settings);
    }

    private static void setIfPresent(Properties settings, String name, @Nullable String value) {
        if (value != null) {
            settings.setProperty(name, value);
        }
    }
}
