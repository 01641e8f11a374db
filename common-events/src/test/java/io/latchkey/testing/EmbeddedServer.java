package io.latchkey.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A server of this JVM's own, made anew at every start on the same directory and port. Both go when
 * the JVM does.
 */
final class EmbeddedServer<S> implements TestServer {
    interface Starting<S> {
        S start(Path directory) throws Exception;
    }

    interface Stopping<S> {
        void stop(S server) throws Exception;
    }

    private final Path directory;
    private final int port;
    private final Starting<S> starting;
    private final Stopping<S> stopping;
    private @Nullable S server;

    EmbeddedServer(String name, int port, Starting<S> starting, Stopping<S> stopping) {
        directory = create("latchkey-test-" + name + "-");
        this.port = port;
        this.starting = starting;
        this.stopping = stopping;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    @Override
    public String host() {
        return "127.0.0.1";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public synchronized void start() {
        if (server == null) {
            try {
                server = starting.start(directory);
            } catch (Exception e) {
                throw new IllegalStateException("the embedded server does not start", e);
            }
        }
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            try {
                stopping.stop(server);
            } catch (Exception e) {
                throw new IllegalStateException("the embedded server does not stop", e);
            }
            server = null;
        }
    }

    private static Path create(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        stop();
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
