package io.latchkey.audit.detection;

import io.latchkey.audit.platform.AuditProperties;
import io.latchkey.events.Alert;
import io.latchkey.events.AppId;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.SessionId;
import io.latchkey.events.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes events of findings: the same event for the same finding within a window. */
@Component
final class Alerts {
    private final InstantSource clock;
    private final String source;

    Alerts(AuditProperties properties, InstantSource clock) {
        this.clock = clock;
        this.source = "audit-consumer/" + properties.node();
    }

    EventEnvelope<Alert> of(String name, Rule rule, Finding finding) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new EventEnvelope<>(
                id(name, rule, finding, now),
                source,
                now,
                new Alert(
                        context(rule.by(), finding.of()),
                        name,
                        finding.count(),
                        rule.window().toSeconds()));
    }

    private static EventId id(String name, Rule rule, Finding finding, Instant now) {
        var window = now.getEpochSecond() / rule.window().toSeconds();
        var text = name + "/" + finding.of() + "/" + window;
        return new EventId(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static EventContext context(Group by, String of) {
        var context = EventContext.of(null, null, null);
        return switch (by) {
            case ALL -> context;
            case NETWORK -> context.withClient(of, null);
            case SUBJECT -> context.withAddress(new Subject(of), null);
            case APP -> EventContext.of(null, new AppId(UUID.fromString(of)), null);
            case SESSION -> context.withSession(new SessionId(UUID.fromString(of)));
        };
    }
}
