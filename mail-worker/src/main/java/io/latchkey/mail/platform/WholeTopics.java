package io.latchkey.mail.platform;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/** Makes readers of whole topics, who see no half of a transaction. */
@Component
public class WholeTopics {
    private static final Map<String, Object> ITS_OWN =
            Map.of(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");

    private final KafkaProperties kafka;

    WholeTopics(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    public WholeTopic of(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        return new WholeTopic(topic, this::consumer, reader);
    }

    /** For single looks. */
    public KafkaConsumer<byte[], byte[]> consumer() {
        var settings = kafka.buildConsumerProperties();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.putAll(ITS_OWN);
        return new KafkaConsumer<>(settings);
    }
}
