package io.latchkey.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** Figures as they go into the documents. */
public final class Report {
    private final PrintStream out;

    public Report(PrintStream out) {
        this.out = out;
    }

    /** What the figures were measured on. */
    public void machine() {
        line(
                String.format(
                        Locale.ROOT,
                        "%d processors, %s %s, Java %s",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version()));
    }

    public void line(String text) {
        out.println(text);
    }

    /** Percentiles of milliseconds. */
    public void percentiles(String what, double[] milliseconds) {
        var sorted = milliseconds.clone();
        Arrays.sort(sorted);
        line(
                String.format(
                        Locale.ROOT,
                        "%-42s n=%d  p50 %.0f ms  p90 %.0f ms  p99 %.0f ms  max %.0f ms",
                        what,
                        sorted.length,
                        at(sorted, 0.50),
                        at(sorted, 0.90),
                        at(sorted, 0.99),
                        at(sorted, 1)));
    }

    private static double at(double[] sorted, double quantile) {
        return sorted.length == 0
                ? Double.NaN
                : sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
    }
}
