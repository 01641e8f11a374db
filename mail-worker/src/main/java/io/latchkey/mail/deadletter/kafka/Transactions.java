package io.latchkey.mail.deadletter.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/**
 * Transactions under one id for all workers.
 *
 * @see <a
 *     href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-98+-+Exactly+Once+Delivery+and+Transactional+Messaging">
 *     KIP-98</a>
 */
@Component
class Transactions {
    private static final String ID = "latchkey-mail-worker-dead-letters";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final KafkaProperties kafka;

    Transactions(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /** Waits until what others have begun under the id is at its end. */
    Transaction begin() {
        var settings = kafka.buildProducerProperties();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ID);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) PATIENCE.toMillis());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, ID);
        var producer = new KafkaProducer<byte[], byte[]>(settings);
        try {
            producer.initTransactions();
            producer.beginTransaction();
            return new Transaction(producer);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    /** Broken off unless committed. */
    static final class Transaction implements AutoCloseable {
        private final KafkaProducer<byte[], byte[]> producer;
        private boolean committed;

        private Transaction(KafkaProducer<byte[], byte[]> producer) {
            this.producer = producer;
        }

        /** Returns when the broker has them. */
        void send(List<ProducerRecord<byte[], byte[]>> records) {
            var sent = records.stream().map(producer::send).toList();
            producer.flush();
            for (var each : sent) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    throw new IllegalStateException(
                            "Kafka does not take a dead letter's change", e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted", e);
                }
            }
        }

        void commit() {
            producer.commitTransaction();
            committed = true;
        }

        @Override
        public void close() {
            if (!committed) {
                abort();
            }
            producer.close(PATIENCE);
        }

        private void abort() {
            try {
                producer.abortTransaction();
            } catch (RuntimeException e) {
                // Fenced off, or Kafka is away: it ends by itself.
                return;
            }
        }
    }
}
