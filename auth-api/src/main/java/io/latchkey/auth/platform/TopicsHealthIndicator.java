package io.latchkey.auth.platform;

import io.latchkey.events.wire.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Makes the topics that are missing, and keeps this node from turning ready while one is known to
 * be missing. A broker out of reach is no reason: requests are accepted without it (R5).
 */
@Component("topics")
class TopicsHealthIndicator implements HealthIndicator {
    static final List<Topics> NEEDED =
            List.of(
                    Topics.LINK_REQUESTS,
                    Topics.MAIL_EVENTS,
                    Topics.SECURITY_EVENTS,
                    Topics.LINK_ENDS,
                    Topics.MAIL_EVENTS_DLT);
    private static final Logger LOG = LoggerFactory.getLogger(TopicsHealthIndicator.class);
    private static final int PATIENCE_SECONDS = 5;

    private final KafkaAdmin kafka;
    private final short replicationFactor;
    private volatile Set<String> missing = Set.of();
    private volatile boolean complete;

    TopicsHealthIndicator(KafkaAdmin kafka, TopicProperties properties) {
        this.kafka = kafka;
        this.replicationFactor = properties.replicationFactor();
    }

    @Override
    public Health health() {
        return missing.isEmpty()
                ? Health.up().build()
                : Health.outOfService().withDetail("missing", missing).build();
    }

    /** Until all are there once; they do not go away by themselves. */
    @Scheduled(fixedDelay = 2, timeUnit = TimeUnit.SECONDS)
    void lookAndMake() {
        if (complete) {
            return;
        }
        try (var admin = Admin.create(settings())) {
            missing = missing(admin);
            if (!missing.isEmpty()) {
                admin.createTopics(
                                NEEDED.stream()
                                        .filter(t -> missing.contains(t.topic()))
                                        .map(this::topic)
                                        .toList())
                        .all()
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                missing = missing(admin);
            }
            complete = missing.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atWarn()
                    .addKeyValue("missing", missing)
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("Topics could not be looked up or made");
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<>(kafka.getConfigurationProperties());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
        return settings;
    }

    private static Set<String> missing(Admin admin) throws Exception {
        var present = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return NEEDED.stream()
                .map(Topics::topic)
                .filter(t -> !present.contains(t))
                .collect(Collectors.toUnmodifiableSet());
    }

    private NewTopic topic(Topics topic) {
        return new NewTopic(topic.topic(), topic.partitions(), replicationFactor)
                .configs(Map.copyOf(topic.configuration()));
    }
}
