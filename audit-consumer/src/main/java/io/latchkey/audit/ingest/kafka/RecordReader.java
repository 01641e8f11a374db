package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EventTypes;
import io.latchkey.events.wire.UnreadableEventException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what a record is to the trail. */
@Component
final class RecordReader {
    private final CloudEventCodec codec = new CloudEventCodec();
    private final AuditEventMapper mapper = new AuditEventMapper();

    /** An event to append, or why there is none. Same record, same answer. */
    Reading read(ConsumerRecord<byte[], byte[]> polled) {
        try {
            var envelope = codec.decode(name -> header(polled, name), polled.value());
            var home = EventTypes.topicOf(envelope.event().getClass()).topic();
            return home.equals(polled.topic())
                    ? new Legible(polled, mapper.map(envelope))
                    : new Illegible(polled, "event of another topic");
        } catch (UnreadableEventException e) {
            return new Illegible(polled, e.reason());
        } catch (IllegalArgumentException e) {
            return new Illegible(polled, String.valueOf(e.getMessage()));
        }
    }

    private static byte @Nullable [] header(ConsumerRecord<byte[], byte[]> polled, String name) {
        var header = polled.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    /** What a record turned out to be. */
    sealed interface Reading {
        ConsumerRecord<byte[], byte[]> polled();
    }

    record Legible(ConsumerRecord<byte[], byte[]> polled, AuditEvent event) implements Reading {}

    /**
     * @param reason stable words without any content of the record
     */
    record Illegible(ConsumerRecord<byte[], byte[]> polled, String reason) implements Reading {}
}
