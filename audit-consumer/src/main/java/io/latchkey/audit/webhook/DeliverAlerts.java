package io.latchkey.audit.webhook;

import io.latchkey.audit.ingest.IngestMetrics;
import io.latchkey.audit.ingest.IngestState;
import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.trail.RecordedEvent;
import io.latchkey.audit.webhook.WebhookProperties.Webhook;
import io.latchkey.events.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Sends each alert of the trail to every webhook, in order, until it is taken: one that is away is
 * tried again with growing pauses for three days, and holds up no other webhook. In the process
 * that appends; the others stand by. One that was taken may be sent again where a process died in
 * between, under the same id.
 */
@Service
public final class DeliverAlerts implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DeliverAlerts.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int AT_A_TIME = 50;

    private static final List<Duration> PAUSES =
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(20));

    private final WebhookProperties properties;
    private final WebhookStore store;
    private final EventStore events;
    private final IngestMetrics ingest;
    private final SendAlert sendAlert;
    private final List<Thread> threads = new ArrayList<>();
    private volatile CountDownLatch stopping = new CountDownLatch(0);

    DeliverAlerts(
            WebhookProperties properties,
            WebhookStore store,
            EventStore events,
            IngestMetrics ingest,
            SendAlert sendAlert) {
        this.properties = properties;
        this.store = store;
        this.events = events;
        this.ingest = ingest;
        this.sendAlert = sendAlert;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        for (var webhook : properties.webhooks()) {
            threads.add(
                    Thread.ofVirtual()
                            .name("audit-webhook-" + webhook.name())
                            .start(() -> run(webhook)));
        }
    }

    private void run(Webhook webhook) {
        try {
            while (!pause(LOOK)) {
                if (ingest.state() == IngestState.APPENDING) {
                    tell(webhook);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean pause(Duration time) throws InterruptedException {
        return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tell(Webhook webhook) throws InterruptedException {
        try {
            var next = answer(store.next(webhook.name()));
            var size = answer(events.size());
            if (next >= size) {
                return;
            }
            var alerts = answer(alerts(next, size));
            for (var alert : alerts) {
                if (!deliver(webhook, alert)) {
                    return;
                }
                store.told(webhook.name(), alert.sequence() + 1).block();
            }
            if (alerts.size() < AT_A_TIME) {
                store.told(webhook.name(), size).block();
            }
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("cannot read alerts for now");
        }
    }

    /** Waits for it, on a thread of its own. */
    private static <T> T answer(Mono<T> question) {
        return Objects.requireNonNull(question.block());
    }

    private Mono<List<RecordedEvent>> alerts(long next, long size) {
        var filter = AuditFilter.all().ofType(Alert.class.getSimpleName());
        return events.next(filter, next, size, AT_A_TIME);
    }

    /** False where the process is to stop, or another one appends meanwhile. */
    private boolean deliver(Webhook webhook, RecordedEvent alert) throws InterruptedException {
        for (var wait : PAUSES) {
            if (sendAlert.isTaken(webhook, alert)) {
                return true;
            }
            if (pause(wait) || ingest.state() != IngestState.APPENDING) {
                return false;
            }
        }
        log.atError()
                .addKeyValue("webhook", webhook.name())
                .addKeyValue("sequence", alert.sequence())
                .log("a webhook took an alert for three days not: given up");
        return true;
    }

    @Override
    public void stop() {
        stopping.countDown();
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    @Override
    public boolean isRunning() {
        return stopping.getCount() > 0;
    }
}
