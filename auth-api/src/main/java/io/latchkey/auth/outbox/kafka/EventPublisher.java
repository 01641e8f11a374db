package io.latchkey.auth.outbox.kafka;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.platform.LatchkeyProperties;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Puts events on Kafka as CloudEvents; those about mails, and those for mail workers, under the
 * seal of the key ring.
 */
@Component
class EventPublisher {
    /** What workers and we ourselves act on. */
    private static final Set<String> SEALED =
            Set.of(Topics.MAIL_EVENTS.topic(), Topics.LINK_ENDS.topic());

    private final KafkaTemplate<String, byte[]> kafka;
    private final CloudEventCodec codec;
    private final KeyRing ring;
    private final String source;

    EventPublisher(
            KafkaTemplate<String, byte[]> kafka,
            CloudEventCodec codec,
            KeyRing ring,
            LatchkeyProperties properties) {
        this.kafka = kafka;
        this.codec = codec;
        this.ring = ring;
        this.source = "auth-api/" + properties.node();
    }

    /** The CloudEvents {@code source} of this node. */
    String source() {
        return source;
    }

    /** Completes when all replicas in sync have it. May block while no broker is in reach. */
    CompletableFuture<?> publish(OutboxRow row) {
        var headers = codec.headers(row.id(), source, row.type(), row.time());
        return publish(
                row.topic(), row.key(), headers, row.data().getBytes(StandardCharsets.UTF_8));
    }

    /** Likewise, for an event that has no row. */
    CompletableFuture<?> publish(EventEnvelope<?> envelope) {
        var encoded = codec.encode(envelope);
        return publish(
                encoded.topic(),
                encoded.key(),
                encoded.headers(),
                encoded.data().getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<?> publish(
            String topic, @Nullable String key, Map<String, String> headers, byte[] data) {
        var record = new ProducerRecord<String, byte[]>(topic, key, data);
        headers.forEach((name, value) -> record.headers().add(name, utf8(value)));
        if (SEALED.contains(topic)) {
            var id = String.valueOf(headers.get(CloudEventCodec.ID));
            var type = String.valueOf(headers.get(CloudEventCodec.TYPE));
            record.headers()
                    .add(CloudEventCodec.SEAL, utf8(EventSeal.of(id, type, data, ring.mail())));
        }
        try {
            return kafka.send(record);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void flush() {
        kafka.flush();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
