package io.latchkey.mail.platform;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EventTypes;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.stereotype.Component;

/**
 * This worker's events as records of Kafka, under its seal. An event gets its id here, once, so
 * that a record published twice is the same event.
 */
@Component
public class SealedEvents {
    private final CloudEventCodec codec = new CloudEventCodec();
    private final MailKeyRing ring;
    private final String source;
    private final InstantSource clock;

    SealedEvents(MailKeyRing ring, WorkerProperties worker, InstantSource clock) {
        this.ring = ring;
        this.source = "mail-worker/" + worker.node();
        this.clock = clock;
    }

    public ProducerRecord<byte[], byte[]> record(Event event) {
        return record(EventId.next(), event);
    }

    /** With an id of its own, such as one that what it tells of always has. */
    public ProducerRecord<byte[], byte[]> record(EventId id, Event event) {
        var time = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var encoded = codec.encode(new EventEnvelope<>(id, source, time, event));
        var data = encoded.data().getBytes(StandardCharsets.UTF_8);
        var headers = new RecordHeaders();
        encoded.headers().forEach((name, value) -> TextHeaders.set(headers, name, value));
        TextHeaders.set(
                headers,
                CloudEventCodec.SEAL,
                EventSeal.of(id.toString(), EventTypes.typeOf(event.getClass()), data, ring));
        var key = encoded.key() == null ? null : encoded.key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(encoded.topic(), null, key, data, headers);
    }
}
