package io.latchkey.audit.retention;

import io.latchkey.audit.platform.AuditProperties;
import io.latchkey.audit.publish.EventRelay;
import io.latchkey.audit.webhook.WebhookProperties;
import io.latchkey.audit.webhook.WebhookProperties.Webhook;
import io.latchkey.events.AdminActed;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Moves events that are older than they are kept out of the database into files, partition by
 * partition, oldest first. Each step may be repeated: whatever was done before a crash is found.
 */
@Service
final class DropOldEvents {
    private static final Logger log = LoggerFactory.getLogger(DropOldEvents.class);

    private final RetentionStore store;
    private final RetentionProperties properties;
    private final EventRelay relay;
    private final InstantSource clock;
    private final String node;
    private final Set<String> webhooks;
    private final Counter archived;

    DropOldEvents(
            RetentionStore store,
            RetentionProperties properties,
            EventRelay relay,
            AuditProperties audit,
            WebhookProperties webhooks,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        this.properties = properties;
        this.relay = relay;
        this.clock = clock;
        this.node = audit.node();
        this.webhooks = webhooks.webhooks().stream().map(Webhook::name).collect(Collectors.toSet());
        this.archived =
                Counter.builder("latchkey.audit.archived")
                        .description("Events that went to files")
                        .register(meters);
    }

    /** All there are to go now. */
    void run() throws IOException {
        var keep = properties.limit();
        var folder = properties.archive();
        if (keep.isEmpty() || folder == null) {
            return;
        }
        var session = store.tryBegin(keep.get(), webhooks);
        if (session.isPresent()) {
            try (var own = session.get()) {
                var archive = new Archive(folder);
                for (var old = own.oldest(); old.isPresent(); old = own.oldest()) {
                    drop(old.get(), archive, own);
                }
            }
        }
    }

    private void drop(OldEvents old, Archive archive, RetentionSession session) throws IOException {
        var file = archive.keep(old, session);
        // Before: nothing is to be gone of which the trail does not say so.
        relay.publish(List.of(event(old)));
        session.drop(old, file);
        archived.increment((double) old.count());
        log.atInfo()
                .addKeyValue("first", old.first())
                .addKeyValue("last", old.last())
                .addKeyValue("file", file.name())
                .log("old events are in a file now");
    }

    /** The same event for the same events. */
    private EventEnvelope<AdminActed> event(OldEvents old) {
        var which = old.first() + "-" + old.last();
        var id = UUID.nameUUIDFromBytes(("archive " + which).getBytes(StandardCharsets.UTF_8));
        var context = EventContext.of(null, null, null).withOutcome(Outcome.SUCCESS, which);
        return new EventEnvelope<>(
                new EventId(id),
                "audit-consumer/" + node,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                new AdminActed(context, "audit.archive", node));
    }
}
