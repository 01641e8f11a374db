package io.latchkey.benchmarks.ready;

import io.latchkey.benchmarks.Arguments;
import io.latchkey.benchmarks.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the standalone by its run command, first in an empty home, then again in the same one, and
 * reads how much memory the JVM holds (on Linux). Any free ports.
 *
 * <p>{@code --command} (./run), {@code --rounds} (3).
 */
public final class TimeToReady {
    private static final String READY = "Latchkey is ready";
    private static final long MEMORY_AFTER_SECONDS = 5;
    private final Arguments arguments;
    private final Report report;

    public TimeToReady(Arguments arguments, Report report) {
        this.arguments = arguments;
        this.report = report;
    }

    public void run() throws Exception {
        report.machine();
        var fresh = new ArrayList<Double>();
        var again = new ArrayList<Double>();
        for (int round = 0; round < arguments.number("rounds", 3); round++) {
            var home = Files.createTempDirectory("latchkey-ready");
            fresh.add(start(home));
            again.add(start(home));
            delete(home);
        }
        report.percentiles("empty home to ready", milliseconds(fresh));
        report.percentiles("existing home to ready", milliseconds(again));
    }

    private static double[] milliseconds(List<Double> values) {
        return values.stream().mapToDouble(d -> d).toArray();
    }

    private double start(Path home) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(arguments.text("command", "./run"));
        builder.redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("LATCHKEY_HOME", home.toString());
        for (var port : List.of("AUTH", "MAIL", "AUDIT", "INBOX", "SMTP")) {
            environment.put("LATCHKEY_" + port + "_PORT", "0");
        }
        var begin = System.nanoTime();
        var process = builder.start();
        try (var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            awaitReady(output);
            var taken = (System.nanoTime() - begin) / 1e6;
            TimeUnit.SECONDS.sleep(MEMORY_AFTER_SECONDS);
            report.line(
                    "ready after "
                            + Math.round(taken)
                            + " ms, resident "
                            + resident(process.pid()));
            return taken;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static void awaitReady(BufferedReader output) throws IOException {
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(READY)) {
                return;
            }
        }
        throw new IOException("It ended before it was ready");
    }

    private static String resident(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .map(line -> line.substring("VmRSS:".length()).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
