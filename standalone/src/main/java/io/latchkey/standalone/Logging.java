package io.latchkey.standalone;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import java.util.Map;
import org.slf4j.LoggerFactory;
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

    /**
     * Everything goes to {@code logs/standalone.log} of the home, errors to the console as well.
     */
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

    /**
     * Lets warnings reach the console, too. While everything starts at once, the parts warn of each
     * other, and nobody can act on it.
     */
    static void showWarnings() {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        for (var filter : root.getAppender("CONSOLE").getCopyOfAttachedFiltersList()) {
            if (filter instanceof ThresholdFilter threshold) {
                threshold.setLevel(Level.WARN.toString());
            }
        }
    }
}
