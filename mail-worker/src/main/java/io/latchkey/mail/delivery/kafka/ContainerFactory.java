package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.wire.Topics;
import io.latchkey.mail.delivery.DeliveryProperties;
import io.latchkey.mail.platform.WorkerProperties;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.util.backoff.FixedBackOff;

/** Makes the containers that poll Kafka; {@link DeliveryContainers} starts and stops them. */
@Component
class ContainerFactory {
    /** What a share consumer refuses to be configured with, and a classic one may be. */
    private static final Set<String> CLASSIC_ONLY =
            Set.of(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                    ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);

    /** Orders are a few KiB; buffers for megabytes, once per mail at a time, would be wasted. */
    private static final Map<String, Object> SMALL_FETCHES =
            Map.of(
                    ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 256 * 1024,
                    ConsumerConfig.RECEIVE_BUFFER_CONFIG, 32 * 1024);

    /**
     * An idle share consumer asks again after this; by default ten times as often, which with one
     * for each mail at once takes a third of a processor of worker and broker for nothing. What is
     * assigned to it anew is asked for then at the latest.
     */
    private static final int IDLE_FETCH_MILLIS = 2_000;

    /**
     * Each fetch costs worker and broker about as much as a mail does; those of many orders are
     * seldom, but what waits in one worker's hands waits for no other worker.
     */
    private static final int ORDERS_OF_A_FETCH = 4;

    /** A waiting order is looked at again at the end of a poll. */
    private static final long RETRY_POLL_MILLIS = 200;

    private static final Duration ERROR_PAUSE = Duration.ofSeconds(1);

    private final Map<String, Object> consumerSettings;
    private final DeliveryProperties properties;
    private final KafkaReach reach;
    private final String clientId;

    ContainerFactory(
            KafkaProperties kafka,
            DeliveryProperties properties,
            WorkerProperties worker,
            KafkaReach reach) {
        this.reach = reach;
        this.consumerSettings = new HashMap<>(kafka.buildConsumerProperties());
        this.consumerSettings.putAll(SMALL_FETCHES);
        this.properties = properties;
        // Of this very process: the members that the broker lists are told apart by it.
        this.clientId = "mail-worker-" + worker.node() + "-" + UUID.randomUUID() + "-";
    }

    /** With which the client ids of all share consumers of this process start. */
    String clientId() {
        return clientId;
    }

    /**
     * As many consumers as mails at once: one whose order stalls takes no others meanwhile. Each
     * topic has consumers of its own: the broker divides members among partitions, and those that
     * it gave the seldom used ones would be missing at the others.
     */
    List<OrderConsumers> orders(WorkOnOrder work) {
        return List.of(
                orders(Topics.LINK_REQUESTS, properties.concurrency(), work),
                orders(Topics.LINK_REQUESTS_DUE, properties.retryConcurrency(), work));
    }

    private OrderConsumers orders(Topics topic, int count, WorkOnOrder work) {
        var settings = new HashMap<>(consumerSettings);
        CLASSIC_ONLY.forEach(settings::remove);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, ShareGroup.NAME);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, IDLE_FETCH_MILLIS);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, ORDERS_OF_A_FETCH);
        settings.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        settings.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        return new OrderConsumers(topic, count, settings, clientId, work::on, reach);
    }

    /** One for each topic where orders wait, so that long waits do not delay short ones. */
    List<MessageListenerContainer> waiting(
            SettlementRelay relay, TaskScheduler scheduler, InstantSource clock) {
        var containers = new ArrayList<MessageListenerContainer>();
        for (var topic : DeliveryTopics.WAITING) {
            containers.add(waiting(topic, relay, scheduler, clock));
        }
        return containers;
    }

    private MessageListenerContainer waiting(
            Topics topic, SettlementRelay relay, TaskScheduler scheduler, InstantSource clock) {
        var settings = new HashMap<>(consumerSettings);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        var properties = containerProperties(topic, topic.topic());
        properties.setAckMode(ContainerProperties.AckMode.MANUAL_IMMEDIATE);
        properties.setPollTimeout(RETRY_POLL_MILLIS);
        var container =
                new ConcurrentMessageListenerContainer<byte[], byte[]>(
                        new DefaultKafkaConsumerFactory<>(settings), properties);
        container.setBeanName(topic.topic());
        // The default gives a record up after ten tries.
        container.setCommonErrorHandler(
                new DefaultErrorHandler(
                        new FixedBackOff(ERROR_PAUSE.toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
        container.setupMessageListener(
                new RetryTopicListener(
                        DeliveryTopics.longestWait(topic), relay, scheduler, clock, container));
        return container;
    }

    private static ContainerProperties containerProperties(Topics topic, String group) {
        var properties = new ContainerProperties(topic.topic());
        properties.setGroupId(group);
        return properties;
    }
}
