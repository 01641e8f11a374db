package io.latchkey.audit.reading;

import io.latchkey.audit.platform.AuditProperties;
import io.latchkey.audit.platform.AuditReader;
import io.latchkey.audit.platform.Caller;
import io.latchkey.audit.platform.CredentialRefusals;
import io.latchkey.audit.publish.EventRelay;
import io.latchkey.events.AdminActed;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * Tells the trail who reads it, and whose credential was none: once per credential, network and
 * minute, and once per stream. While Kafka is away it is kept and told later, as reading goes on
 * then; what does not fit, or is lost with the process, is counted or missing. Alert when {@code
 * latchkey.audit.readings.dropped} moves, and when {@code latchkey.audit.credentials.refused} does.
 */
@Service
public final class RecordReading implements SmartLifecycle, CredentialRefusals {
    private static final Logger log = LoggerFactory.getLogger(RecordReading.class);
    private static final String READ = "audit.read";
    private static final String NOBODY = "unknown";
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_CREDENTIALS = 10_000;
    private static final int AT_A_TIME = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BlockingQueue<EventEnvelope<AdminActed>> waiting =
            new LinkedBlockingQueue<>(MOST_WAITING);

    /** The minute of the last record of each credential; guarded by itself. */
    private final Map<Credential, Long> minutes =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Credential, Long> eldest) {
                    return size() > MOST_CREDENTIALS;
                }
            };

    private record Credential(String name, @Nullable String tenant, @Nullable String ip) {}

    private final EventRelay relay;
    private final InstantSource clock;
    private final String source;
    private final Counter dropped;
    private final Counter refused;
    private volatile @Nullable Thread teller;

    RecordReading(
            EventRelay relay,
            AuditProperties properties,
            InstantSource clock,
            MeterRegistry meters) {
        this.relay = relay;
        this.clock = clock;
        this.source = "audit-consumer/" + properties.node();
        this.dropped =
                Counter.builder("latchkey.audit.readings.dropped")
                        .description("Readings that the trail will not tell of")
                        .register(meters);
        this.refused =
                Counter.builder("latchkey.audit.credentials.refused")
                        .description("Requests whose credential was none")
                        .register(meters);
    }

    /** An answer is about to be given to this reader. */
    public void read(AuditReader reader, Caller caller) {
        if (isNews(new Credential(reader.name(), reader.tenant(), caller.ip()))) {
            tell(reader, caller, READ);
        }
    }

    /** A stream begins. */
    public void stream(AuditReader reader, Caller caller) {
        tell(reader, caller, "audit.stream");
    }

    @Override
    public void refused(Caller caller) {
        refused.increment();
        if (isNews(new Credential(NOBODY, null, caller.ip()))) {
            var context = caller.context(null).withOutcome(Outcome.REFUSED, "invalid_token");
            tell(new AdminActed(context, READ, NOBODY));
        }
    }

    private boolean isNews(Credential credential) {
        var minute = clock.instant().getEpochSecond() / 60;
        synchronized (minutes) {
            var before = minutes.put(credential, minute);
            return before == null || before != minute;
        }
    }

    private void tell(AuditReader reader, Caller caller, String action) {
        var context = caller.context(reader.tenant()).withOutcome(Outcome.SUCCESS, null);
        tell(new AdminActed(context, action, reader.name()));
    }

    private void tell(AdminActed act) {
        var event =
                new EventEnvelope<>(
                        EventId.next(),
                        source,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        act);
        if (!waiting.offer(event)) {
            dropped.increment();
        }
    }

    @Override
    public void start() {
        teller = Thread.ofVirtual().name("audit-readings").start(this::run);
    }

    private void run() {
        List<EventEnvelope<AdminActed>> part = new ArrayList<>();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (part.isEmpty()) {
                    part.add(waiting.take());
                    waiting.drainTo(part, AT_A_TIME);
                }
                if (isTold(part)) {
                    part.clear();
                } else {
                    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            waiting.addAll(part);
        }
    }

    private boolean isTold(List<EventEnvelope<AdminActed>> part) {
        try {
            relay.publish(part);
            return true;
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("cannot tell who reads; trying again");
            return false;
        }
    }

    /** Tells what is left, if Kafka is there. */
    @Override
    public void stop() {
        var running = teller;
        teller = null;
        if (running != null) {
            running.interrupt();
            join(running);
            List<EventEnvelope<AdminActed>> rest = new ArrayList<>();
            waiting.drainTo(rest);
            if (!rest.isEmpty() && !isTold(rest)) {
                dropped.increment(rest.size());
            }
        }
    }

    private static void join(Thread running) {
        try {
            if (!running.join(PATIENCE)) {
                log.atWarn().log("not all that read may be told");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After the web server, which answers on for a while. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE / 2;
    }

    @Override
    public boolean isRunning() {
        return teller != null;
    }
}
