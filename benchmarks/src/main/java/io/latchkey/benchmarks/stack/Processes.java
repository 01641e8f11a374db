package io.latchkey.benchmarks.stack;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What all processes of an installation have in common. */
final class Processes {
    private Processes() {}

    /** The command that this process itself was started with. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** As SIGTERM does, and as {@code kill -9} where that takes longer than a minute. */
    static void end(Process process) {
        process.destroy();
        try {
            var _ = process.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
