package io.latchkey.mail.delivery.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lock that a consumer has on one order, renewed while its work takes longer than usual. Best
 * effort: a broker that is away answers no renewal, and has forgotten its locks when it returns.
 *
 * <p>A record that is being renewed is out of the consumer's hands until a later poll gives it
 * back; only then can it be acknowledged. All calls come from the consumer's own thread.
 *
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-1222%3A+Acquisition+lock+timeout+renewal+in+share+consumer+explicit+mode">
 *     KIP-1222</a>
 */
final class OrderLock {
    private static final Logger log = LoggerFactory.getLogger(OrderLock.class);

    /** A third of the lock's duration, so that one renewal may fail. */
    private static final Duration OLD = Duration.ofSeconds(20);

    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ConsumerRecord<?, ?> record;
    private final ShareConsumer<?, ?> consumer;
    private final KafkaReach reach;
    private long renewedNanos = System.nanoTime();
    private boolean away;
    private boolean lost;

    /** To be made when the record is polled: its age counts from then. */
    OrderLock(ConsumerRecord<?, ?> record, ShareConsumer<?, ?> consumer, KafkaReach reach) {
        this.reach = reach;
        this.record = record;
        this.consumer = consumer;
    }

    /** Asks for a renewal where the last is a while ago. */
    void renewWhenOld() {
        if (away) {
            glance();
        }
        // One that gets no answer costs the lock, which the broker may still hold for us.
        if (!away && !lost && !reach.isAway() && System.nanoTime() - renewedNanos > OLD.toNanos()) {
            renewedNanos = System.nanoTime();
            away = isRenewed();
            lost = !away;
        }
    }

    /** Without the broker's word nothing is polled: it could only be somebody else's order. */
    private boolean isRenewed() {
        try {
            acknowledge(record, AcknowledgeType.RENEW);
            return isTaken(consumer.commitSync(PATIENCE));
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("cannot renew the lock of an order");
            return false;
        }
    }

    /** What a broker said of acknowledgements; nothing where it did not answer in time. */
    static boolean isTaken(Map<?, ?> answers) {
        return !answers.isEmpty() && answers.values().stream().allMatch(Optional.empty()::equals);
    }

    /** Has the record back, so that it can be acknowledged; gives up where the lock is lost. */
    void regain() {
        var began = System.nanoTime();
        while (away && System.nanoTime() - began < PATIENCE.toNanos()) {
            glance();
        }
    }

    private void glance() {
        try {
            for (var polled : consumer.poll(GLANCE)) {
                away = false;
                if (!isThis(polled)) {
                    // Somebody else's order. Not again: to be released counts as a delivery.
                    lost = true;
                    acknowledge(polled, AcknowledgeType.RELEASE);
                }
            }
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("cannot ask for the lock of an order");
        }
    }

    private boolean isThis(ConsumerRecord<?, ?> polled) {
        return polled.offset() == record.offset()
                && polled.partition() == record.partition()
                && polled.topic().equals(record.topic());
    }

    @SuppressWarnings("unchecked") // The container gives consumer and records of one type.
    private void acknowledge(ConsumerRecord<?, ?> which, AcknowledgeType type) {
        ((ShareConsumer<Object, Object>) consumer)
                .acknowledge((ConsumerRecord<Object, Object>) which, type);
    }
}
