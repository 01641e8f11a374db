package io.latchkey.mail.delivery.kafka;

import io.latchkey.mail.delivery.DeliveryProperties;
import io.latchkey.mail.relay.Relays;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.ShareKafkaMessageListenerContainer;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** All that polls Kafka in this process, started and stopped together. */
@Component
class DeliveryContainers {
    private final List<ShareKafkaMessageListenerContainer<byte[], byte[]>> orders;
    private final List<MessageListenerContainer> waiting;
    private final String clientId;
    private final LinkRequestListener listener;
    private final Relays relays;
    private final Duration drain;
    private volatile boolean lostOne;

    DeliveryContainers(
            ContainerFactory factory,
            LinkRequestListener listener,
            SettlementRelay settlementRelay,
            Relays relays,
            DeliveryProperties properties,
            TaskScheduler scheduler,
            InstantSource clock) {
        this.orders = factory.orders(listener);
        this.waiting = factory.waiting(settlementRelay, scheduler, clock);
        this.clientId = factory.clientId();
        this.listener = listener;
        this.relays = relays;
        this.drain = properties.drain();
    }

    String clientId() {
        return clientId;
    }

    boolean areRunning() {
        return Stream.concat(orders.stream(), waiting.stream())
                .allMatch(MessageListenerContainer::isRunning);
    }

    /** Whether a share consumer ended by itself: its container goes on with those that are left. */
    boolean lostOne() {
        return lostOne;
    }

    @EventListener
    void onConsumerStopped(ConsumerStoppedEvent event) {
        if (orders.contains(event.getSource())
                && event.getReason() != ConsumerStoppedEvent.Reason.NORMAL) {
            lostOne = true;
        }
    }

    /** Those that do not run. */
    void start() {
        listener.startAgain();
        relays.startAgain();
        waiting.forEach(MessageListenerContainer::start);
        orders.forEach(MessageListenerContainer::start);
    }

    void restart() {
        breakingOffAfterTheDrain(this::stopOrders);
        lostOne = false;
        start();
    }

    /**
     * Takes no more orders, and returns when those under way have come to an end; what has not by
     * the end of the drain time is broken off, and tried again by another worker.
     */
    void stop() {
        breakingOffAfterTheDrain(
                () -> {
                    stopOrders();
                    waiting.forEach(MessageListenerContainer::stop);
                });
        lostOne = false;
    }

    private void breakingOffAfterTheDrain(Runnable stop) {
        var done = new CountDownLatch(1);
        var breakingOff = Thread.ofVirtual().start(() -> breakOffUnless(done));
        stop.run();
        done.countDown();
        try {
            breakingOff.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All at once: each waits for its hand-overs. */
    private void stopOrders() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            orders.forEach(container -> threads.execute(container::stop));
        }
    }

    private void breakOffUnless(CountDownLatch done) {
        try {
            if (!done.await(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                listener.stopWaiting();
                relays.cutShort();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
