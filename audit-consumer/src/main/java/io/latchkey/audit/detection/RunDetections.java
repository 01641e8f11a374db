package io.latchkey.audit.detection;

import io.latchkey.audit.ingest.IngestMetrics;
import io.latchkey.audit.ingest.IngestState;
import io.latchkey.audit.publish.EventRelay;
import io.latchkey.events.Alert;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/** Looks by every rule, again and again, in the process that appends; the others stand by. */
@Service
public final class RunDetections implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RunDetections.class);
    private static final int REMEMBERED = 10_000;

    private final DetectionProperties properties;
    private final DetectionStore store;
    private final Alerts alerts;
    private final EventRelay relay;
    private final IngestMetrics ingest;

    /** Told already: the trail would take each once only, but need not be asked. */
    private final Map<EventId, Boolean> told =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<EventId, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };

    private volatile CountDownLatch stopping = new CountDownLatch(0);
    private volatile @Nullable Thread thread;

    RunDetections(
            DetectionProperties properties,
            DetectionStore store,
            Alerts alerts,
            EventRelay relay,
            IngestMetrics ingest) {
        this.properties = properties;
        this.store = store;
        this.alerts = alerts;
        this.relay = relay;
        this.ingest = ingest;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofVirtual().name("audit-detections").start(this::run);
    }

    private void run() {
        try {
            while (!stopping.await(properties.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                if (ingest.state() == IngestState.APPENDING) {
                    properties.rules().forEach(this::look);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One rule's trouble is no other's. */
    private void look(String name, Rule rule) {
        if (!rule.enabled()) {
            return;
        }
        try {
            var found =
                    Objects.requireNonNull(store.find(rule).block()).stream()
                            .map(finding -> alerts.of(name, rule, finding))
                            .filter(alert -> !told.containsKey(alert.id()))
                            .toList();
            tell(found);
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("rule", name)
                    .addKeyValue("error", String.valueOf(e))
                    .log("a detection could not look");
        }
    }

    private void tell(List<EventEnvelope<Alert>> found) {
        if (found.isEmpty()) {
            return;
        }
        relay.publish(found);
        for (var alert : found) {
            told.put(alert.id(), true);
            log.atWarn()
                    .addKeyValue("rule", alert.event().rule())
                    .addKeyValue("count", alert.event().count())
                    .addKeyValue("window_s", alert.event().windowS())
                    .log("alert");
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        var running = thread;
        thread = null;
        if (running != null) {
            try {
                var _ = running.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
