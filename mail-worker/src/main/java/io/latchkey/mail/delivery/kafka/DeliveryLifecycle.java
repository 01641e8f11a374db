package io.latchkey.mail.delivery.kafka;

import io.latchkey.mail.delivery.DeliveryProperties;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Keeps the consuming of orders going: waits for a Kafka that is away at the start, makes missing
 * topics, and tells the readiness.
 */
@Component
class DeliveryLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(DeliveryLifecycle.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final KafkaAdmin kafkaAdmin;
    private final short replicationFactor;
    private final int consumers;
    private final DeliveryContainers containers;
    private final DeliveryReadiness readiness;
    private final KafkaLinkEnds linkEnds;
    private final KafkaReach reach;
    private volatile CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Thread keeper;

    DeliveryLifecycle(
            KafkaAdmin kafkaAdmin,
            TopicProperties topics,
            DeliveryProperties delivery,
            DeliveryContainers containers,
            DeliveryReadiness readiness,
            KafkaLinkEnds linkEnds,
            KafkaReach reach) {
        this.reach = reach;
        this.linkEnds = linkEnds;
        this.kafkaAdmin = kafkaAdmin;
        this.replicationFactor = topics.replicationFactor();
        this.consumers = delivery.concurrency() + delivery.retryConcurrency();
        this.containers = containers;
        this.readiness = readiness;
    }

    @Override
    public void start() {
        stop = new CountDownLatch(1);
        keeper = Thread.ofPlatform().name("delivery-keeper").start(this::keep);
    }

    private void keep() {
        Admin admin = null;
        try {
            do {
                try {
                    if (admin == null) {
                        admin = Admin.create(kafkaAdmin.getConfigurationProperties());
                    }
                    look(admin);
                    reach.found();
                } catch (ExecutionException e) {
                    obstructed(reason(e.getCause()), e);
                    if (isSilence(e.getCause())) {
                        reach.lost();
                    }
                } catch (TimeoutException e) {
                    obstructed(reason(e), e);
                    reach.lost();
                } catch (RuntimeException e) {
                    // Whatever it is, as a name that does not resolve: it may pass.
                    obstructed(reason(e), e);
                }
            } while (!stop.await(untilNextLook().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Without waiting for what a broker that is away will not answer.
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private Duration untilNextLook() {
        return readiness.isObstructed() ? BETWEEN_LOOKS.dividedBy(4) : BETWEEN_LOOKS;
    }

    /** A broker that answers, be it that it is still loading, is not away. */
    private static boolean isSilence(@Nullable Throwable failure) {
        return failure instanceof org.apache.kafka.common.errors.TimeoutException
                || failure instanceof DisconnectException;
    }

    private static String reason(@Nullable Throwable failure) {
        return failure == null
                ? "Kafka does not answer"
                : "Kafka does not answer: " + failure.getClass().getSimpleName();
    }

    private void look(Admin admin)
            throws ExecutionException, TimeoutException, InterruptedException {
        var missing = DeliveryTopics.missing(admin);
        if (!missing.isEmpty()) {
            DeliveryTopics.create(admin, missing, replicationFactor);
            obstructed("topics were missing: " + missing, null);
        } else if (!linkEnds.areKnown()) {
            obstructed("the ends of links are being read", null);
        } else if (!containers.areRunning()) {
            ShareGroup.configure(admin);
            containers.start();
            obstructed("consumers are starting", null);
        } else {
            lookAtMembers(ShareGroup.members(admin, containers.clientId()));
        }
    }

    private void lookAtMembers(long members) {
        if (members < consumers) {
            obstructed("the share group has not taken all consumers", null);
        } else if (readiness.unobstructed()) {
            log.info("delivering");
        }
    }

    private void obstructed(String reason, @Nullable Exception cause) {
        if (readiness.obstructedBy(reason)) {
            log.atWarn()
                    .addKeyValue("reason", reason)
                    .addKeyValue("error", String.valueOf(cause))
                    .log("not ready");
        }
    }

    /** Returns when no hand-over is under way any more. */
    @Override
    public void stop() {
        stop.countDown();
        var thread = keeper;
        try {
            if (thread != null) {
                thread.interrupt();
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readiness.obstructedBy("stopped");
        containers.stop();
        keeper = null;
    }

    @Override
    public boolean isRunning() {
        return keeper != null;
    }
}
