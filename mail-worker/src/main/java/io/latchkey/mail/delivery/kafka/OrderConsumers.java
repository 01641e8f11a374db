package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;

/** This process's members of the share group that read one topic. */
final class OrderConsumers {
    private final Topics topic;
    private final int count;
    private final Map<String, Object> settings;
    private final String clientId;
    private final OrderConsumer.Work work;
    private final KafkaReach reach;
    private final AtomicInteger opened = new AtomicInteger();
    private final ExecutorService orders = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Running> running = new ArrayList<>();

    /**
     * @param clientId with which those of all members start
     */
    OrderConsumers(
            Topics topic,
            int count,
            Map<String, Object> settings,
            String clientId,
            OrderConsumer.Work work,
            KafkaReach reach) {
        this.topic = topic;
        this.count = count;
        this.settings = Map.copyOf(settings);
        this.clientId = clientId;
        this.work = work;
        this.reach = reach;
    }

    private record Running(OrderConsumer consumer, Thread thread) {}

    private ShareConsumer<byte[], byte[]> open() {
        var own = new HashMap<>(settings);
        own.put(
                ConsumerConfig.CLIENT_ID_CONFIG,
                clientId + topic.topic() + "-" + opened.incrementAndGet());
        var consumer = new KafkaShareConsumer<byte[], byte[]>(own);
        try {
            consumer.subscribe(List.of(topic.topic()));
            return consumer;
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    synchronized boolean areRunning() {
        return running.size() == count && running.stream().allMatch(each -> each.thread.isAlive());
    }

    /** Those that do not run. */
    synchronized void start() {
        running.removeIf(each -> !each.thread.isAlive());
        while (running.size() < count) {
            var consumer = new OrderConsumer(this::open, work, reach, orders);
            // No virtual one: a consumer that loses its broker can spin for a while, and two of
            // them would keep all others of a small machine from running.
            var name = "delivery-" + topic.topic() + "-" + running.size();
            running.add(new Running(consumer, Thread.ofPlatform().name(name).start(consumer)));
        }
    }

    /** Returns when no order is in hand any more. */
    synchronized void stop() {
        running.forEach(each -> each.consumer.stop());
        try {
            for (var each : running) {
                each.thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.clear();
    }
}
