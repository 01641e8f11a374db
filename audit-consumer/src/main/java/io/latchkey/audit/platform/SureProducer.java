package io.latchkey.audit.platform;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.stereotype.Component;

/** Writes to Kafka and waits until all in-sync replicas have it. */
@Component
public final class SureProducer {
    private final ProducerFactory<byte[], byte[]> producers;

    SureProducer(ProducerFactory<byte[], byte[]> producers) {
        this.producers = producers;
    }

    /**
     * Blocks, for as long as the producer's delivery timeout at most.
     *
     * @throws KafkaException where it is not sure of one
     */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        var producer = producers.createProducer();
        for (var answer : records.stream().map(producer::send).toList()) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw new KafkaException("record not taken", e.getCause());
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
