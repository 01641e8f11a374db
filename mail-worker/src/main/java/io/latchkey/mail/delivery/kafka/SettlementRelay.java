package io.latchkey.mail.delivery.kafka;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.KafkaException;
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
     * Removes from {@code records} what was acknowledged; returns when all of it was.
     *
     * @throws UnpublishedException if some of it was not, within the producer's delivery timeout
     */
    void publish(Collection<ProducerRecord<byte[], byte[]>> records) throws UnpublishedException {
        var sent = new LinkedHashMap<ProducerRecord<byte[], byte[]>, Future<?>>();
        Exception failure = null;
        for (var record : records) {
            try {
                sent.put(record, kafka.send(record));
            } catch (KafkaException e) {
                failure = e;
            }
        }
        for (var entry : sent.entrySet()) {
            try {
                entry.getValue().get();
                records.remove(entry.getKey());
            } catch (ExecutionException e) {
                failure = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = e;
            }
        }
        if (failure != null) {
            throw new UnpublishedException(failure);
        }
    }
}
