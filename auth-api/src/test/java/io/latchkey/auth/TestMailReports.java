package io.latchkey.auth;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EncodedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;

/** What a mail worker would publish. */
public final class TestMailReports {
    private static final CloudEventCodec CODEC = new CloudEventCodec();

    private TestMailReports() {}

    public static void publish(Event event) {
        var sealed = sealed(event);
        var data = sealed.data().getBytes(StandardCharsets.UTF_8);
        var record = new ProducerRecord<>(sealed.topic(), sealed.key(), data);
        sealed.headers()
                .forEach(
                        (name, value) ->
                                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        deliver(record);
    }

    /** Under the seal of the ring. */
    public static EncodedEvent sealed(Event event) {
        var encoded =
                CODEC.encode(
                        new EventEnvelope<>(
                                EventId.next(), "mail-worker/test", Instant.now(), event));
        var headers = new LinkedHashMap<>(encoded.headers());
        headers.put(
                CloudEventCodec.SEAL,
                EventSeal.of(
                        encoded.headers().get(CloudEventCodec.ID),
                        encoded.headers().get(CloudEventCodec.TYPE),
                        encoded.data().getBytes(StandardCharsets.UTF_8),
                        RunningAuthApi.get().ring().mail()));
        return new EncodedEvent(encoded.topic(), encoded.key(), headers, encoded.data());
    }

    @SuppressWarnings("unchecked") // the application's template is of these types
    public static void deliver(ProducerRecord<String, byte[]> record) {
        try {
            KafkaTemplate<String, byte[]> kafka = RunningAuthApi.get().bean(KafkaTemplate.class);
            var _ = kafka.send(record).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("not published", e);
        }
    }
}
