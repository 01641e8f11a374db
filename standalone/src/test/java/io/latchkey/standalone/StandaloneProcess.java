package io.latchkey.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The executable jar in a process of its own, as a user runs it, on ports that are free. */
final class StandaloneProcess implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Path home;
    private final Path output;
    private final int outputBefore;
    private final Process process;

    private StandaloneProcess(Path home, Path output, int outputBefore, Process process) {
        this.home = home;
        this.output = output;
        this.outputBefore = outputBefore;
        this.process = process;
    }

    /** Returns once it says that it is ready. */
    static StandaloneProcess start(Path home, Map<String, String> settings) {
        var standalone = launch(home, settings);
        try {
            Awaitility.await("readiness")
                    .atMost(START_TIMEOUT)
                    .failFast("it ended: " + standalone.output, () -> !standalone.process.isAlive())
                    .until(() -> standalone.output().contains("Latchkey is ready"));
            return standalone;
        } catch (RuntimeException | Error e) {
            standalone.close();
            throw new AssertionError(standalone.output(), e);
        }
    }

    /** Returns at once. Its output goes to a file beside the home, which its restarts add to. */
    static StandaloneProcess launch(Path home, Map<String, String> settings) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-Dot.epg.working-dir=" + System.getProperty("ot.epg.working-dir"));
        command.addAll(List.of("-jar", System.getProperty("standalone.jar")));
        var output = home.resolveSibling(home.getFileName() + ".out");
        var outputBefore = Files.exists(output) ? (int) output.toFile().length() : 0;
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        var environment = builder.environment();
        environment.put("LATCHKEY_HOME", home.toString());
        for (var port : List.of("AUTH", "MAIL", "AUDIT", "INBOX", "SMTP")) {
            environment.put("LATCHKEY_" + port + "_PORT", "0");
        }
        environment.putAll(settings);
        try {
            return new StandaloneProcess(home, output, outputBefore, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode endpoints() {
        return JsonMapper.shared().readTree(home.resolve("endpoints.json").toFile());
    }

    /** What this process printed. */
    String output() {
        try {
            return Files.readString(output).substring(outputBefore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** kill -9. PostgreSQL, a process of its own, lives on. */
    void kill() {
        process.destroyForcibly();
        awaitExit(Duration.ofSeconds(10));
    }

    /** SIGTERM; returns its exit code. */
    int stop() {
        process.destroy();
        return awaitExit(Duration.ofSeconds(30));
    }

    int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
