package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.IngestMetrics;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Whether the appender runs: it appends, stands by, or did so before Kafka or the database went
 * away. Queries are answered meanwhile, so an outage of Kafka does not make the process unready.
 */
@Component
class IngestHealthIndicator implements HealthIndicator {
    private final IngestMetrics metrics;

    IngestHealthIndicator(IngestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public Health health() {
        var state = metrics.state();
        var health =
                switch (state) {
                    case APPENDING, STANDING_BY, WAITING -> Health.up();
                    case STARTING, STOPPED -> Health.outOfService();
                };
        return health.withDetail("state", state).build();
    }
}
