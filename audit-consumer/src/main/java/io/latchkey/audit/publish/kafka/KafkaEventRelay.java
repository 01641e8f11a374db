package io.latchkey.audit.publish.kafka;

import io.latchkey.audit.platform.SureProducer;
import io.latchkey.audit.publish.EventRelay;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.wire.CloudEventCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** Each as a CloudEvent on the topic of its type. */
@Component
class KafkaEventRelay implements EventRelay {
    private final CloudEventCodec codec = new CloudEventCodec();
    private final SureProducer kafka;

    KafkaEventRelay(SureProducer kafka) {
        this.kafka = kafka;
    }

    @Override
    public void publish(List<? extends EventEnvelope<?>> events) {
        kafka.send(events.stream().map(this::record).toList());
    }

    private ProducerRecord<byte[], byte[]> record(EventEnvelope<?> envelope) {
        var encoded = codec.encode(envelope);
        var key = encoded.key();
        var record =
                new ProducerRecord<byte[], byte[]>(
                        encoded.topic(),
                        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                        encoded.data().getBytes(StandardCharsets.UTF_8));
        encoded.headers()
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
