package io.latchkey.standalone;

import java.util.Map;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sets up logging before anything else starts: the broker logs before the first Spring context
 * does, and contexts that start side by side must find it done.
 */
final class Logging {
    private static final String CONFIGURATION = "classpath:logback-standalone.xml";

    private Logging() {}

    /** Warnings go to the console, everything to {@code logs/standalone.log} of the home. */
    static void start(ConfigurableEnvironment environment, Home home) {
        environment
                .getPropertySources()
                .addLast(
                        new MapPropertySource(
                                "logging",
                                Map.of(
                                        LogFile.FILE_NAME_PROPERTY,
                                        home.resolve("logs/standalone.log").toString())));
        var file = LogFile.get(environment);
        var system = LoggingSystem.get(Logging.class.getClassLoader());
        system.getSystemProperties(environment).apply(file);
        system.beforeInitialize();
        system.initialize(new LoggingInitializationContext(environment), CONFIGURATION, file);
    }
}
