package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.CheckpointRelay;
import io.latchkey.audit.ingest.SignedCheckpoint;
import io.latchkey.audit.platform.SureProducer;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** Writes each checkpoint, as it was signed, under the size of its log. */
@Component
class KafkaCheckpointRelay implements CheckpointRelay {
    private final SureProducer kafka;

    KafkaCheckpointRelay(SureProducer kafka) {
        this.kafka = kafka;
    }

    @Override
    public void publish(SignedCheckpoint checkpoint) {
        var key = Long.toString(checkpoint.head().size()).getBytes(StandardCharsets.UTF_8);
        var note = checkpoint.note().getBytes(StandardCharsets.UTF_8);
        kafka.send(List.of(new ProducerRecord<>(Topics.CHECKPOINTS.topic(), key, note)));
    }
}
