package io.latchkey.auth.limit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is left after a request has been counted, or why it was not let through.
 *
 * @param spent every limit that counts it, the address's first
 */
public record Budget(List<Spent> spent) {

    /**
     * One limit.
     *
     * @param kind {@code identifier}, {@code address} or {@code network}
     * @param remaining requests that would be let through now
     * @param retryAfter until this one would be; zero where it is
     */
    public record Spent(String kind, Rate rate, int remaining, Duration retryAfter) {}

    /** Of a request that was counted before, or by nobody. */
    public static final Budget NONE = new Budget(List.of());

    public Budget {
        spent = List.copyOf(spent);
    }

    /** Until the same request would be let through; zero where it was. */
    public Duration retryAfter() {
        return spent.stream().map(Spent::retryAfter).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** The kind that is reached; empty where none is. */
    public Optional<String> reached() {
        return spent.stream()
                .filter(one -> one.retryAfter().isPositive())
                .map(Spent::kind)
                .findFirst();
    }
}
