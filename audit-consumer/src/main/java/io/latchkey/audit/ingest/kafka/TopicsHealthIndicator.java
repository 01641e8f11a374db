package io.latchkey.audit.ingest.kafka;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the topics were all there when the broker last answered. */
@Component
class TopicsHealthIndicator implements HealthIndicator {
    private final AuditTopics topics;

    TopicsHealthIndicator(AuditTopics topics) {
        this.topics = topics;
    }

    @Override
    public Health health() {
        var missing = topics.missing();
        return missing.isEmpty()
                ? Health.up().build()
                : Health.outOfService().withDetail("missing", missing).build();
    }
}
