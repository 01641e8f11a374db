package io.latchkey.audit.ingest.kafka;

/** How long to wait before the next try: twice as long each time, from 250 ms to 2 s. */
final class BackOff {
    private static final long MIN_MILLIS = 250;
    private static final long MAX_MILLIS = 2_000;
    private long millis = MIN_MILLIS;

    /** The wait before this try. */
    long nextMillis() {
        var now = millis;
        millis = Math.min(MAX_MILLIS, 2 * millis);
        return now;
    }

    /** Whether nothing has failed since the last success. */
    boolean isFresh() {
        return millis == MIN_MILLIS;
    }

    /** A try succeeded. */
    void reset() {
        millis = MIN_MILLIS;
    }
}
