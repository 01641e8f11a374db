package io.latchkey.testing;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.testcontainers.DockerClientFactory;

/**
 * Chooses between a container and an embedded server. The system property {@value #PROPERTY}, or
 * the environment variable {@value #VARIABLE}, decides: {@code auto} (the default) takes a
 * container where Docker answers and has the image, {@code false} never, {@code true} always.
 */
enum ServerChoice {
    AUTO,
    TRUE,
    FALSE;

    static final String PROPERTY = "latchkey.test.docker";
    static final String VARIABLE = "LATCHKEY_TEST_DOCKER";

    static ServerChoice configured() {
        var text =
                Optional.ofNullable(System.getProperty(PROPERTY))
                        .or(() -> Optional.ofNullable(System.getenv(VARIABLE)))
                        .orElse("auto");
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Starts one of the two, and says in one line which, and why. */
    static TestServer start(
            String name,
            String image,
            Supplier<TestServer> container,
            Supplier<TestServer> embedded) {
        return switch (configured()) {
            case TRUE -> started(name, "container " + image, "as asked for", container);
            case FALSE -> started(name, "embedded", PROPERTY + " is false", embedded);
            case AUTO -> containerIfPossible(name, image, container, embedded);
        };
    }

    private static TestServer containerIfPossible(
            String name,
            String image,
            Supplier<TestServer> container,
            Supplier<TestServer> embedded) {
        var missing = DockerImages.whyNotToBeHad(image);
        if (missing.isPresent()) {
            return started(name, "embedded", missing.get(), embedded);
        }
        String why;
        try {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                return started(name, "container " + image, "Docker answers", container);
            }
            why = "Docker does not answer";
        } catch (RuntimeException e) {
            why = "no container of " + image + " could be started: " + rootMessage(e);
        }
        return started(name, "embedded", why, embedded);
    }

    private static TestServer started(
            String name, String kind, String why, Supplier<TestServer> make) {
        var server = make.get();
        server.start();
        // Not logged: it must be seen whatever the module's logging is set to.
        System.out.printf(
                Locale.ROOT, "Tests use %s: %s on port %d (%s)%n", name, kind, server.port(), why);
        return server;
    }

    private static String rootMessage(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? String.valueOf(failure.getMessage()) : rootMessage(cause);
    }
}
