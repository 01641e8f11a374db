package io.latchkey.benchmarks;

import io.latchkey.benchmarks.handover.HandoverLatency;
import io.latchkey.benchmarks.ready.TimeToReady;
import io.latchkey.benchmarks.silence.AccountSilence;
import java.util.Arrays;

/**
 * {@code java -jar benchmarks-exec.jar QUESTION [--name=value …]}, where the question is {@code
 * handover}, {@code ready} or {@code silence}.
 */
public final class Benchmarks {
    private Benchmarks() {}

    @SuppressWarnings("SystemOut") // the figures are what it is run for
    public static void main(String[] arguments) throws Exception {
        var question = arguments.length == 0 ? "" : arguments[0];
        var rest =
                new Arguments(
                        Arrays.copyOfRange(
                                arguments, Math.min(1, arguments.length), arguments.length));
        var report = new Report(System.out);
        switch (question) {
            case "handover" -> new HandoverLatency(rest, report).run();
            case "ready" -> new TimeToReady(rest, report).run();
            case "silence" -> new AccountSilence(rest, report).run();
            default -> {
                report.line("usage: handover | ready | silence [--name=value ...]");
                System.exit(2);
            }
        }
    }
}
