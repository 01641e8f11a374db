package io.latchkey.benchmarks.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service as a process of its own. What it says goes into a temporary file. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final int port;
    private final Path log;
    private final Process process;

    ServiceProcess(String jar, int port, Map<String, String> environment) throws IOException {
        this.port = port;
        this.log = Files.createTempFile(Path.of(jar).getFileName() + "-", ".log");
        var java = Processes.java();
        var builder =
                new ProcessBuilder(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar,
                        "--server.port=" + port);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        process = builder.start();
    }

    /** Of its API. */
    public URI at(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    public void awaitReady() throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < end) {
                if (isReady(http)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
        throw new IllegalStateException("not ready: " + log);
    }

    private boolean isReady(HttpClient http) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(at("/actuator/health/readiness"))
                            .timeout(Duration.ofSeconds(5))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            // Not there yet.
            return false;
        }
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
