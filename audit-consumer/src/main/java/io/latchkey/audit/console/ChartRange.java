package io.latchkey.audit.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** How far back charts look, and how finely. */
public enum ChartRange {
    HOUR("1h", "hour", Duration.ofMinutes(1), 60),
    DAY("24h", "24 hours", Duration.ofMinutes(15), 96),
    WEEK("7d", "7 days", Duration.ofHours(2), 84),
    MONTH("30d", "30 days", Duration.ofHours(8), 90);

    private final String code;
    private final String label;
    private final Duration step;
    private final int steps;

    ChartRange(String code, String label, Duration step, int steps) {
        this.code = code;
        this.label = label;
        this.step = step;
        this.steps = steps;
    }

    /** As {@link #code} writes it. */
    public static Optional<ChartRange> of(String code) {
        return Arrays.stream(values()).filter(range -> range.code.equals(code)).findFirst();
    }

    /** As a URL names it. */
    public String code() {
        return code;
    }

    /** As people read it. */
    public String label() {
        return label;
    }

    /** What one bar stands for. */
    public Duration step() {
        return step;
    }

    /** How many bars there are. */
    public int steps() {
        return steps;
    }

    /** Where the first bar begins, so that the last one holds now. */
    public Instant start(Instant now) {
        var step = this.step.toSeconds();
        var last = Math.floorDiv(now.getEpochSecond(), step);
        return Instant.ofEpochSecond((last - steps + 1) * step);
    }

    /** Where the last bar ends. */
    public Instant end(Instant start) {
        return start.plus(step.multipliedBy(steps));
    }
}
