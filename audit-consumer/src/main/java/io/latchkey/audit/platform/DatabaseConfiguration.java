package io.latchkey.audit.platform;

import static io.r2dbc.spi.ConnectionFactoryOptions.PASSWORD;
import static io.r2dbc.spi.ConnectionFactoryOptions.USER;

import io.r2dbc.spi.ConnectionFactoryOptions;
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
        var url = String.valueOf(r2dbc.getUrl());
        var fromUrl = ConnectionFactoryOptions.parse(url);
        setFirst(settings, "user", r2dbc.getUsername(), fromUrl.getValue(USER));
        setFirst(settings, "password", r2dbc.getPassword(), fromUrl.getValue(PASSWORD));
        return new DriverManagerDataSource(JdbcUrl.of(url), settings);
    }

    private static void setFirst(
            Properties settings, String name, @Nullable Object first, @Nullable Object second) {
        var value = first == null ? second : first;
        if (value != null) {
            settings.setProperty(name, value.toString());
        }
    }
}
