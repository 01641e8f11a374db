package io.latchkey.audit.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/**
 * Counts records once their offsets are stored. Over all processes since the first start: {@code
 * latchkey.audit.records} counts under {@code result} as {@code ingested} or {@code duplicate} each
 * record, and once more as {@code unreadable} those in whose place an event says so; {@code
 * ingested} is the size of the trail. A process that dies between commit and count leaves them
 * short by a batch.
 *
 * <p>Alert when {@code latchkey.audit.lag} grows for a minute, when the sum of {@code
 * latchkey.audit.appending} over all processes is not 1 for a minute, when {@code unreadable} moves
 * (somebody writes to the topics who should not, or a version is missing), or when {@code
 * latchkey.audit.log.whole} is 0: somebody changed the log.
 */
@Component
public final class IngestMetrics {
    private final Counter ingested;
    private final Counter duplicates;
    private final Counter unreadable;
    private final AtomicLong lag = new AtomicLong();
    private final AtomicInteger whole = new AtomicInteger(1);
    private final AtomicReference<IngestState> state = new AtomicReference<>(IngestState.STARTING);

    public IngestMetrics(MeterRegistry meters) {
        ingested = records(meters, "ingested");
        duplicates = records(meters, "duplicate");
        unreadable = records(meters, "unreadable");
        Gauge.builder("latchkey.audit.lag", lag, AtomicLong::get)
                .description("Records on Kafka that the trail does not have yet")
                .register(meters);
        Gauge.builder("latchkey.audit.log.whole", whole, AtomicInteger::get)
                .description("0 where the log does not begin with what was signed")
                .register(meters);
        Gauge.builder(
                        "latchkey.audit.appending",
                        state,
                        now -> now.get() == IngestState.APPENDING ? 1 : 0)
                .description("1 where this process is the appender")
                .register(meters);
    }

    private static Counter records(MeterRegistry meters, String result) {
        return Counter.builder("latchkey.audit.records")
                .description("Records read from the audited topics")
                .tag("result", result)
                .register(meters);
    }

    /** A batch was appended: so many events were new, so many already there. */
    public void appended(int fresh, int known) {
        ingested.increment(fresh);
        duplicates.increment(known);
    }

    /** So many records were set aside, and their offsets stored. */
    public void setAside(int records) {
        unreadable.increment(records);
    }

    /** So many records are still to be read; 0 for a process that stands by. */
    public void lag(long records) {
        lag.set(records);
    }

    /** Whether the log begins with what was signed before. */
    public void logIsWhole(boolean isWhole) {
        whole.set(isWhole ? 1 : 0);
    }

    /** What the appender does from now on. */
    public void state(IngestState now) {
        state.set(now);
    }

    /** What the appender does. */
    public IngestState state() {
        return state.get();
    }
}
