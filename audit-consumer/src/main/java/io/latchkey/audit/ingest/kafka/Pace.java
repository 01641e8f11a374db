package io.latchkey.audit.ingest.kafka;

import java.time.Duration;

/** Says when it is time again for what is done once in a while; used by one thread. */
final class Pace {
    private final long intervalNanos;
    private long lastNanos;

    /** The first time is due at once. */
    Pace(Duration interval) {
        intervalNanos = interval.toNanos();
        lastNanos = System.nanoTime() - intervalNanos;
    }

    /** Whether the interval has passed since this was last true. */
    boolean due() {
        var now = System.nanoTime();
        if (now - lastNanos < intervalNanos) {
            return false;
        }
        lastNanos = now;
        return true;
    }
}
