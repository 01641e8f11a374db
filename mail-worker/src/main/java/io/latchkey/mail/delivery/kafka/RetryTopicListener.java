package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.scheduling.TaskScheduler;

/**
 * Lets the orders of one retry topic wait until they are due, and puts them where the share group
 * reads them: not back into the first topic, whose every record is an accepted request to the
 * audit. A partition waits for its first order only; the others go on.
 */
final class RetryTopicListener
        implements AcknowledgingConsumerAwareMessageListener<byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(RetryTopicListener.class);
    private static final Duration KAFKA_PAUSE = Duration.ofSeconds(1);

    private final Redeliveries redeliveries = new Redeliveries();
    private final SettlementRelay relay;
    private final TaskScheduler scheduler;
    private final InstantSource clock;
    private final MessageListenerContainer container;
    private final Duration longestWait;

    /**
     * @param longestWait that orders of this topic are ever written with
     */
    RetryTopicListener(
            Duration longestWait,
            SettlementRelay relay,
            TaskScheduler scheduler,
            InstantSource clock,
            MessageListenerContainer container) {
        this.longestWait = longestWait;
        this.relay = relay;
        this.scheduler = scheduler;
        this.clock = clock;
        this.container = container;
    }

    @Override
    public void onMessage(
            ConsumerRecord<byte[], byte[]> record,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> consumer) {
        if (acknowledgment == null) {
            throw new IllegalStateException("no acknowledgment (expected: manual acknowledgment)");
        }
        var now = clock.instant();
        var dueAt = OrderHeaders.dueAt(record);
        // Later than we ever write it is a forgery, which must not stop a partition.
        if (now.isBefore(dueAt) && !dueAt.isAfter(now.plus(longestWait))) {
            pause(new TopicPartition(record.topic(), record.partition()), dueAt);
            acknowledgment.nack(Duration.ZERO);
            return;
        }
        try {
            // Where only the commit failed, the record comes again and is not to be doubled.
            redeliveries.once(
                    record,
                    () -> List.of(due(record)),
                    unpublished -> relay.publish(unpublished, record));
            acknowledgment.acknowledge();
        } catch (UnpublishedException e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("error", String.valueOf(e.getCause()))
                    .log("Kafka does not take a due order: trying on");
            acknowledgment.nack(KAFKA_PAUSE);
        }
    }

    private void pause(TopicPartition partition, Instant until) {
        container.pausePartition(partition);
        // A wake-up cannot fail, and need not be cancelled: to resume twice is to resume once.
        var _ = scheduler.schedule(() -> container.resumePartition(partition), until);
    }

    private static ProducerRecord<byte[], byte[]> due(ConsumerRecord<byte[], byte[]> record) {
        var headers = new RecordHeaders(record.headers());
        headers.remove(OrderHeaders.DUE_AT);
        return new ProducerRecord<>(
                Topics.LINK_REQUESTS_DUE.topic(), null, record.key(), record.value(), headers);
    }
}
