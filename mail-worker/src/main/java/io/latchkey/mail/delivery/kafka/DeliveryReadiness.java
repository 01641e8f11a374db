package io.latchkey.mail.delivery.kafka;

import io.latchkey.mail.delivery.MissingKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Ready is a worker that delivers: Kafka answers, all topics are there, the share group has taken
 * every one of its consumers, and no order asks for a key that it lacks.
 */
@Component("delivery")
class DeliveryReadiness implements HealthIndicator {
    private final MissingKeys missingKeys;
    private volatile @Nullable String obstacle = "not started";

    DeliveryReadiness(MissingKeys missingKeys) {
        this.missingKeys = missingKeys;
    }

    /**
     * @return whether that is news
     */
    boolean obstructedBy(String reason) {
        var news = !reason.equals(obstacle);
        obstacle = reason;
        return news;
    }

    /**
     * @return whether that is news
     */
    boolean unobstructed() {
        var news = obstacle != null;
        obstacle = null;
        return news;
    }

    boolean isObstructed() {
        return obstacle != null;
    }

    @Override
    public Health health() {
        var kids = missingKeys.recent();
        if (!kids.isEmpty()) {
            return Health.down().withDetail("missing_kids", kids).build();
        }
        var reason = obstacle;
        return reason == null
                ? Health.up().build()
                : Health.down().withDetail("reason", reason).build();
    }
}
