package io.latchkey.audit.detection;

import io.latchkey.events.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When to alert.
 *
 * @param enabled false switches it off
 * @param kind how it counts
 * @param types of the events that count; all where none is named
 * @param outcome of the events that count; any where none is named
 * @param by which events are counted together
 * @param distinct for {@link Kind#DISTINCT}: what is counted once each
 * @param of for {@link Kind#SHARE}: types of the events that it is a share of, besides {@code
 *     types}
 * @param window how far back it looks; 1 minute to 1 day
 * @param threshold from which on it alerts: a number of events, a share (0 to 1), or how many times
 *     the usual
 * @param minimum of events, below which a share or a surge means nothing
 */
public record Rule(
        @DefaultValue("true") boolean enabled,
        Kind kind,
        @DefaultValue Set<String> types,
        @Nullable Outcome outcome,
        @DefaultValue("all") Group by,
        @DefaultValue("all") Group distinct,
        @DefaultValue Set<String> of,
        @DefaultValue("10m") Duration window,
        double threshold,
        @DefaultValue("1") long minimum) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** How a rule counts. */
    public enum Kind {
        /** Events. */
        COUNT,
        /** Different values. */
        DISTINCT,
        /** Events, as a share of those and others. */
        SHARE,
        /** Events, against what was usual in the day before. */
        SURGE
    }

    public Rule {
        Objects.requireNonNull(kind, "kind (expected: count, distinct, share or surge)");
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "window: " + window + " (expected: 1 minute to 1 day)");
        }
        if (!(threshold > 0)) {
            throw new IllegalArgumentException("threshold: " + threshold + " (expected: above 0)");
        }
        if (kind == Kind.DISTINCT && (distinct == Group.ALL || distinct == by)) {
            throw new IllegalArgumentException("distinct (expected: what differs within by)");
        }
        if (kind == Kind.SHARE && of.isEmpty()) {
            throw new IllegalArgumentException("of (expected: the types that it is a share of)");
        }
        types = Set.copyOf(types);
        of = Set.copyOf(of);
    }
}
