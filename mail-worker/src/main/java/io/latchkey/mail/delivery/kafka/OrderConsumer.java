package io.latchkey.mail.delivery.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the share group. Takes a few orders at a time, works on all of them at once, and
 * acknowledges each by itself when it has come to its end. Acknowledgements go with the next fetch:
 * a request of its own for each mail would cost a fifth of what a worker can do. Where one order
 * takes longer than the others, theirs are sent without it, and its lock is renewed.
 *
 * <p>Closed while Kafka is away, unless it has orders in hand: left open, it runs through an empty
 * loop meanwhile, and many of them take whole processors.
 *
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-1222%3A+Acquisition+lock+timeout+renewal+in+share+consumer+explicit+mode">
 *     KIP-1222</a>
 * @see <a href="https://issues.apache.org/jira/browse/KAFKA-20253">KAFKA-20253</a>
 */
final class OrderConsumer implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(OrderConsumer.class);

    private static final Duration POLL = Duration.ofSeconds(1);

    /** So much longer than another of the same fetch may an order take before it is left behind. */
    private static final Duration GLANCE = Duration.ofMillis(100);

    /** A third of the lock's duration, so that one renewal may fail. */
    private static final Duration OLD = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** For what was acknowledged and is not sent yet; a stop has no more time for it. */
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private static final Duration REST = Duration.ofMillis(500);

    /** What a broker refuses, as a member too many, it refuses again at once. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    /** Ends an order and says how it is to be acknowledged, however long that takes. */
    interface Work {
        AcknowledgeType on(ConsumerRecord<byte[], byte[]> order);
    }

    private final Supplier<ShareConsumer<byte[], byte[]>> opening;
    private final Work work;
    private final KafkaReach reach;
    private final Executor threads;
    private volatile boolean stopping;

    /** Of the thread that runs this, as all that follows. */
    private @Nullable ShareConsumer<byte[], byte[]> consumer;

    /** Whether the broker has let go of what is in hand, or may have. */
    private boolean lost;

    /**
     * @param opening makes a consumer that is subscribed and acknowledges explicitly
     * @param threads for the orders, each of which waits most of its time
     */
    OrderConsumer(
            Supplier<ShareConsumer<byte[], byte[]>> opening,
            Work work,
            KafkaReach reach,
            Executor threads) {
        this.opening = opening;
        this.work = work;
        this.reach = reach;
        this.threads = threads;
    }

    /** Takes no more orders; ends when those in hand have come to their end. */
    void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        try {
            takeUntilStopped();
        } finally {
            close();
        }
    }

    private void takeUntilStopped() {
        while (!stopping) {
            try {
                if (reach.isAway()) {
                    close();
                    Thread.sleep(REST);
                } else {
                    takeSome();
                }
            } catch (InterruptedException | InterruptException e) {
                Thread.currentThread().interrupt();
                stopping = true;
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("a consumer of orders failed: opening another");
                close();
                restAfterFailure();
            }
        }
    }

    private void takeSome() throws InterruptedException {
        var open = consumer;
        if (open == null) {
            open = opening.get();
            consumer = open;
            lost = false;
        }
        var orders = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        open.poll(POLL).forEach(orders::add);
        // What came while it was stopped is let go when it closes: others take it.
        if (!orders.isEmpty() && !stopping) {
            workOn(orders, open);
            if (lost) {
                // It would wait for ever for the answer to a renewal (Kafka's client 4.2.1).
                close();
            }
        }
    }

    private record Ended(ConsumerRecord<byte[], byte[]> order, AcknowledgeType how) {}

    /** Returns when all have come to their end: whatever Kafka or a relay does, they do. */
    private void workOn(
            List<ConsumerRecord<byte[], byte[]>> orders, ShareConsumer<byte[], byte[]> open)
            throws InterruptedException {
        var inHand = new LinkedHashSet<>(orders);
        var ended = new LinkedBlockingQueue<Ended>();
        orders.forEach(order -> threads.execute(() -> ended.add(end(order))));
        var renewedNanos = System.nanoTime();
        var unsent = false;
        while (!inHand.isEmpty()) {
            if (acknowledgeNext(ended, inHand, open)) {
                unsent = true;
            } else if (unsent) {
                open.commitAsync();
                unsent = false;
            }
            // Those that have ended are acknowledged first: a renewal may cost the lock.
            var isOld = System.nanoTime() - renewedNanos > OLD.toNanos();
            if (isOld && !inHand.isEmpty() && ended.isEmpty() && !lost && !reach.isAway()) {
                renewedNanos = System.nanoTime();
                lost = !isRenewed(inHand, open);
            }
        }
    }

    private Ended end(ConsumerRecord<byte[], byte[]> order) {
        try {
            return new Ended(order, work.on(order));
        } catch (RuntimeException | Error e) {
            log.atError().setCause(e).log("cannot work on an order: it will be redelivered");
            return new Ended(order, AcknowledgeType.RELEASE);
        }
    }

    /** False where none comes to its end for a moment. */
    private boolean acknowledgeNext(
            BlockingQueue<Ended> ended,
            Set<ConsumerRecord<byte[], byte[]>> inHand,
            ShareConsumer<byte[], byte[]> open)
            throws InterruptedException {
        var next = ended.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            return false;
        }
        inHand.remove(next.order());
        if (!lost) {
            open.acknowledge(next.order(), next.how());
        }
        return true;
    }

    /**
     * Renews the locks of these orders. A record that is being renewed is out of the consumer's
     * hands until a poll gives it back; only then can it be acknowledged.
     */
    private static boolean isRenewed(
            Set<ConsumerRecord<byte[], byte[]>> inHand, ShareConsumer<byte[], byte[]> open) {
        try {
            inHand.forEach(order -> open.acknowledge(order, AcknowledgeType.RENEW));
            return isTaken(open.commitSync(PATIENCE)) && hasBack(inHand, open);
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("cannot renew the locks of orders");
            return false;
        }
    }

    /** What a broker said of acknowledgements; nothing where it did not answer in time. */
    private static boolean isTaken(Map<?, ?> answers) {
        return !answers.isEmpty() && answers.values().stream().allMatch(Optional.empty()::equals);
    }

    /** False where others come instead: what we had is lost, and those are let go with it. */
    private static boolean hasBack(
            Set<ConsumerRecord<byte[], byte[]>> inHand, ShareConsumer<byte[], byte[]> open) {
        var began = System.nanoTime();
        while (System.nanoTime() - began < PATIENCE.toNanos()) {
            var back = open.poll(GLANCE);
            if (!back.isEmpty()) {
                return places(back).equals(places(inHand));
            }
        }
        return false;
    }

    private static Set<String> places(Iterable<ConsumerRecord<byte[], byte[]>> orders) {
        var places = new HashSet<String>();
        orders.forEach(each -> places.add(place(each)));
        return places;
    }

    private static String place(ConsumerRecord<?, ?> order) {
        return order.topic() + "-" + order.partition() + "@" + order.offset();
    }

    private void close() {
        var open = consumer;
        if (open != null) {
            consumer = null;
            try {
                open.close(CLOSE);
            } catch (RuntimeException e) {
                log.atDebug().setCause(e).log("a consumer of orders did not close well");
            }
        }
    }

    private void restAfterFailure() {
        var end = System.nanoTime() + AFTER_FAILURE.toNanos();
        try {
            while (!stopping && System.nanoTime() < end) {
                Thread.sleep(REST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
