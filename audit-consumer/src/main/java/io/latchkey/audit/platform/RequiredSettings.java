package io.latchkey.audit.platform;

import java.util.Objects;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Looks at the settings before anything connects anywhere, so that a missing one is named first,
 * whatever else is not there yet.
 */
public final class RequiredSettings
        implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        Binder.get(environment).bindOrCreate("latchkey", AuditProperties.class);
        requireUser(environment);
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
