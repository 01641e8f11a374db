package io.latchkey.benchmarks.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A mail worker with the flags of its image. */
public final class WorkerProcess implements AutoCloseable {
    private static final String READY = "delivering";
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=96m",
                    "-Xss512k",
                    "-XX:TrimNativeHeapInterval=10000",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);

    public WorkerProcess(String jar, List<String> settings) throws IOException {
        this(List.of(), jar, settings);
    }

    /**
     * @param by what starts it, such as {@code nice}
     */
    public WorkerProcess(List<String> by, String jar, List<String> settings) throws IOException {
        var command = new ArrayList<>(by);
        command.add(Processes.java());
        command.addAll(FLAGS);
        command.addAll(List.of("-jar", jar));
        command.addAll(settings);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        process = builder.start();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(READY)) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            // It was ended.
            return;
        }
    }

    public void awaitReady() throws InterruptedException {
        if (!ready.await(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a worker is not ready after two minutes");
        }
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Resident memory; 0 where the system does not tell. */
    public long residentMiB() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
