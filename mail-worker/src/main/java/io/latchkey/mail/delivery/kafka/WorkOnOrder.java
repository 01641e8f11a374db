package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.LinkRequested;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.UnreadableEventException;
import io.latchkey.mail.delivery.DeliverMail;
import io.latchkey.mail.delivery.DeliveryResult;
import io.latchkey.mail.delivery.DeliveryResult.SetAside;
import io.latchkey.mail.delivery.MailOrder;
import io.latchkey.mail.platform.TextHeaders;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Works on one order from the share group, and publishes what became of it. Returns only when Kafka
 * has that, or at a stop: an order that is let go would be redelivered at once, mailed again, and
 * after a few rounds be dropped by the group's delivery limit.
 */
@Component
class WorkOnOrder {
    private static final Logger log = LoggerFactory.getLogger(WorkOnOrder.class);

    /**
     * So often delivered before without an end, a record comes near the group's limit, 5 at least.
     */
    private static final int DELIVERIES_BEFORE_A_NEW_START = 3;

    /** Between two tries to publish: what fails at once must not be tried without a breath. */
    private static final Duration KAFKA_PAUSE = Duration.ofSeconds(1);

    private final CloudEventCodec codec = new CloudEventCodec();
    private final Redeliveries redeliveries = new Redeliveries();
    private final DeliverMail deliverMail;
    private final Settlement settlement;
    private final SettlementRelay relay;
    private volatile CountDownLatch stopped = new CountDownLatch(1);

    WorkOnOrder(DeliverMail deliverMail, Settlement settlement, SettlementRelay relay) {
        this.deliverMail = deliverMail;
        this.settlement = settlement;
        this.relay = relay;
    }

    /** Ends the waiting for a Kafka that takes nothing: orders not settled then are redelivered. */
    void stopWaiting() {
        stopped.countDown();
    }

    void startAgain() {
        stopped = new CountDownLatch(1);
    }

    /** How it is to be acknowledged. Takes as long as relays and Kafka need. */
    AcknowledgeType on(ConsumerRecord<byte[], byte[]> record) {
        try {
            redeliveries.once(
                    record, () -> work(record), unpublished -> publish(unpublished, record));
            return AcknowledgeType.ACCEPT;
        } catch (UnpublishedException e) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("error", String.valueOf(e.getCause()))
                    .log("stopped before Kafka took what became of an order: redelivered");
            return AcknowledgeType.RELEASE;
        }
    }

    private List<ProducerRecord<byte[], byte[]>> work(ConsumerRecord<byte[], byte[]> record) {
        if (record.deliveryCount().filter(n -> n > DELIVERIES_BEFORE_A_NEW_START).isPresent()) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("an order keeps coming back: it starts anew");
            return List.of(settlement.startAnew(record));
        }
        return settlement.of(result(record), record);
    }

    private DeliveryResult result(ConsumerRecord<byte[], byte[]> record) {
        try {
            var envelope =
                    codec.decode(name -> TextHeaders.value(record.headers(), name), record.value());
            var attempts = OrderHeaders.attempts(record);
            if (!(envelope.event() instanceof LinkRequested request) || attempts.isEmpty()) {
                return setAside(record, "unexpected type or header");
            }
            var result =
                    deliverMail.deliver(
                            new MailOrder(envelope.id(), request, attempts.get(), lane(record)));
            return result instanceof SetAside(var reason) ? setAside(record, reason) : result;
        } catch (UnreadableEventException e) {
            return setAside(record, e.reason());
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("cannot work on an order");
            return setAside(record, "unhandled");
        }
    }

    private static MailOrder.Lane lane(ConsumerRecord<byte[], byte[]> record) {
        return new MailOrder.Lane(record.topic(), record.partition());
    }

    private static SetAside setAside(ConsumerRecord<byte[], byte[]> record, String reason) {
        log.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("a record that is no order of ours was set aside");
        return new SetAside(reason);
    }

    private void publish(
            List<ProducerRecord<byte[], byte[]>> unpublished, ConsumerRecord<byte[], byte[]> record)
            throws UnpublishedException {
        while (true) {
            try {
                relay.publish(unpublished, record);
                return;
            } catch (UnpublishedException e) {
                log.atWarn()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("error", String.valueOf(e.getCause()))
                        .log("Kafka does not take what became of an order: trying on");
                if (!pause()) {
                    throw e;
                }
            }
        }
    }

    /** False where there is to be no further try. */
    private boolean pause() {
        try {
            return !stopped.await(KAFKA_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
