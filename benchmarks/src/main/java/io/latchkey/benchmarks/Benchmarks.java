package io.latchkey.benchmarks;

import io.latchkey.benchmarks.chaos.Chaos;
import io.latchkey.benchmarks.handover.HandoverLatency;
import io.latchkey.benchmarks.ledger.LedgerRun;
import io.latchkey.benchmarks.mails.MailThroughput;
import io.latchkey.benchmarks.ready.TimeToReady;
import io.latchkey.benchmarks.silence.AccountSilence;
import java.util.Arrays;

/**
 * {@code java -jar benchmarks-exec.jar QUESTION [--name=value …]}, where the question is {@code
 * chaos}, {@code handover}, {@code ledger}, {@code mails}, {@code ready} or {@code silence}.
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
            case "chaos" -> System.exit(new Chaos(rest, report).run() ? 0 : 1);
            case "ledger" -> System.exit(new LedgerRun(rest, report).run() ? 0 : 1);
            case "mails" -> new MailThroughput(rest, report).run();
            case "handover" -> new HandoverLatency(rest, report).run();
            case "ready" -> new TimeToReady(rest, report).run();
            case "silence" -> new AccountSilence(rest, report).run();
            default -> {
                report.line(
                        "usage: chaos | handover | ledger | mails | ready | silence"
                                + " [--name=value ...]");
                System.exit(2);
            }
        }
    }
}
