package io.latchkey.audit.platform;

import java.util.List;
import java.util.Objects;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.env.Environment;

/**
 * Looks at the settings before anything connects anywhere, so that a missing one is named first,
 * whatever else is not there yet.
 */
public final class RequiredSettings
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private final List<Class<?>> properties;

    /**
     * @param properties what to look at, each with its prefix in {@link ConfigurationProperties}
     */
    public RequiredSettings(Class<?>... properties) {
        this.properties = List.of(properties);
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var binder = Binder.get(environment);
        for (var each : properties) {
            binder.bindOrCreate(prefix(each), each);
        }
        requireUser(environment);
    }

    private static String prefix(Class<?> properties) {
        return MergedAnnotations.from(properties)
                .get(ConfigurationProperties.class)
                .getString("prefix");
    }

    private static void requireUser(Environment environment) {
        var url = Objects.requireNonNullElse(environment.getProperty("spring.r2dbc.url"), "");
        var user = Objects.requireNonNullElse(environment.getProperty("spring.r2dbc.username"), "");
        if (user.isEmpty() && !url.contains("@")) {
            throw new UnusableSettingException(
                    "spring.r2dbc.username (SPRING_R2DBC_USERNAME): missing (expected: the"
                            + " database's user)");
        }
    }
}
