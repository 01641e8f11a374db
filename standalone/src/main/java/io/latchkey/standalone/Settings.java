package io.latchkey.standalone;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What the standalone's user has set: command line, environment variables, {@code standalone.yml}
 * beside the process, in this order.
 */
final class Settings {
    private final ConfigurableEnvironment environment;
    private final StandaloneProperties standalone;
    private final String[] arguments;

    private Settings(ConfigurableEnvironment environment, String... arguments) {
        this.environment = environment;
        this.arguments = arguments;
        this.standalone =
                Binder.get(environment)
                        .bindOrCreate("latchkey", Bindable.of(StandaloneProperties.class));
    }

    /**
     * @throws StartFailure if one of the standalone's own settings is out of range
     */
    static Settings read(String... arguments) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("name", Map.of("spring.config.name", "standalone")));
        try {
            ConfigDataEnvironmentPostProcessor.applyTo(environment);
            ConfigurationPropertySources.attach(environment);
            return new Settings(environment, arguments);
        } catch (BindException e) {
            throw new StartFailure(
                    "settings: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage(), e);
        }
    }

    StandaloneProperties standalone() {
        return standalone;
    }

    /** The command line, for those who read it again. */
    String[] arguments() {
        return arguments.clone();
    }

    /** What {@code standalone.yml} says, for the services that read files of other names. */
    List<PropertySource<?>> files() {
        return environment.getPropertySources().stream()
                .filter(OriginTrackedMapPropertySource.class::isInstance)
                .toList();
    }

    ConfigurableEnvironment environment() {
        return environment;
    }

    Optional<String> r2dbcUrl() {
        return get("spring.r2dbc.url");
    }

    Optional<String> kafkaBootstrapServers() {
        return get("spring.kafka.bootstrap-servers");
    }

    Optional<String> mailHost() {
        return get("spring.mail.host");
    }

    int mailPort() {
        return get("spring.mail.port").map(Integer::parseInt).orElse(25);
    }

    /** The address that all listeners bind to where their user has set one. */
    Optional<String> serverAddress() {
        return get("server.address");
    }

    private Optional<String> get(String name) {
        return Optional.ofNullable(environment.getProperty(name)).filter(text -> !text.isBlank());
    }
}
