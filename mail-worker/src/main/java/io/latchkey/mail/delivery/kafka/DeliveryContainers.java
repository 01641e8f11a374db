package io.latchkey.mail.delivery.kafka;

import io.latchkey.mail.delivery.DeliveryProperties;
import io.latchkey.mail.relay.Relays;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/** All that polls Kafka in this process, started and stopped together. */
@Component
class DeliveryContainers {
    private final List<OrderConsumers> orders;
    private final List<MessageListenerContainer> waiting;
    private final String clientId;
    private final WorkOnOrder work;
    private final Relays relays;
    private final Duration drain;

    DeliveryContainers(
            ContainerFactory factory,
            WorkOnOrder work,
            SettlementRelay settlementRelay,
            Relays relays,
            DeliveryProperties properties,
            TaskScheduler scheduler,
            InstantSource clock) {
        this.orders = factory.orders(work);
        this.waiting = factory.waiting(settlementRelay, scheduler, clock);
        this.clientId = factory.clientId();
        this.work = work;
        this.relays = relays;
        this.drain = properties.drain();
    }

    String clientId() {
        return clientId;
    }

    boolean areRunning() {
        return orders.stream().allMatch(OrderConsumers::areRunning)
                && waiting.stream().allMatch(MessageListenerContainer::isRunning);
    }

    /** Those that do not run. */
    void start() {
        work.startAgain();
        relays.startAgain();
        waiting.forEach(MessageListenerContainer::start);
        orders.forEach(OrderConsumers::start);
    }

    /**
     * Takes no more orders, and returns when those under way have come to an end; what has not by
     * the end of the drain time is broken off, and tried again by another worker.
     */
    void stop() {
        var done = new CountDownLatch(1);
        var breakingOff = Thread.ofVirtual().start(() -> breakOffUnless(done));
        stopOrders();
        waiting.forEach(MessageListenerContainer::stop);
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
            orders.forEach(consumers -> threads.execute(consumers::stop));
        }
    }

    private void breakOffUnless(CountDownLatch done) {
        try {
            if (!done.await(drain.toMillis(), TimeUnit.MILLISECONDS)) {
                work.stopWaiting();
                relays.cutShort();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
