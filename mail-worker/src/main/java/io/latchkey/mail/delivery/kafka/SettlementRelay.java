package io.latchkey.mail.delivery.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Publishes, and knows when it is done: all in-sync replicas have the records. */
@Component
class SettlementRelay {
    private final KafkaTemplate<byte[], byte[]> kafka;

    SettlementRelay(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * Removes from {@code records} what was acknowledged; returns when all of it was. What Kafka
     * will never take, as it is too large, is replaced by a dead letter that says where the order
     * lies: what came compressed may be too large once it is not.
     *
     * @param order that the records are about
     * @throws UnpublishedException if some of it was not, within the producer's delivery timeout
     */
    void publish(List<ProducerRecord<byte[], byte[]>> records, ConsumerRecord<byte[], byte[]> order)
            throws UnpublishedException {
        var failures = send(records);
        if (failures.values().stream().anyMatch(SettlementRelay::isTooLarge)) {
            var failed = failures;
            records.replaceAll(
                    record ->
                            isTooLarge(failed.get(record))
                                    ? Settlement.place(order, record)
                                    : record);
            failures = send(records);
        }
        if (!failures.isEmpty()) {
            throw new UnpublishedException(failures.values().iterator().next());
        }
    }

    private Map<ProducerRecord<byte[], byte[]>, Exception> send(
            List<ProducerRecord<byte[], byte[]>> records) {
        var sent = new LinkedHashMap<ProducerRecord<byte[], byte[]>, Future<?>>();
        var failures = new LinkedHashMap<ProducerRecord<byte[], byte[]>, Exception>();
        for (var record : records) {
            try {
                sent.put(record, kafka.send(record));
            } catch (RuntimeException e) {
                // Of Spring or of Kafka itself, as where the producer cannot be made.
                failures.put(record, e);
            }
        }
        for (var entry : sent.entrySet()) {
            try {
                entry.getValue().get();
                records.remove(entry.getKey());
            } catch (ExecutionException e) {
                failures.put(entry.getKey(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.put(entry.getKey(), e);
            }
        }
        return failures;
    }

    private static boolean isTooLarge(@Nullable Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }
}
