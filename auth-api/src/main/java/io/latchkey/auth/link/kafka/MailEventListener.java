package io.latchkey.auth.link.kafka;

import io.latchkey.auth.link.LinkStore;
import io.latchkey.auth.platform.Database;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.MailEvent;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.KeyRing;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.events.wire.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Learns what became of the mails. Whoever can write to Kafka but lacks the key ring changes
 * nothing here: a record without a genuine seal, or that cannot be read, is set aside with its
 * reason. While the database is away the record is tried again, see {@link
 * MailEventsConfiguration}.
 */
@Component
class MailEventListener {
    private static final Logger LOG = LoggerFactory.getLogger(MailEventListener.class);
    private static final int PATIENCE_SECONDS = 10;
    private final LinkStore links;
    private final CloudEventCodec codec;
    private final KeyRing ring;
    private final KafkaTemplate<String, byte[]> kafka;

    MailEventListener(
            LinkStore links,
            CloudEventCodec codec,
            KeyRing ring,
            KafkaTemplate<String, byte[]> kafka) {
        this.links = links;
        this.codec = codec;
        this.ring = ring;
        this.kafka = kafka;
    }

    /** On a thread of Kafka's, which may wait for the database. */
    @KafkaListener(
            id = "mail-events",
            topics = "latchkey.mail-events",
            idIsGroup = false,
            containerFactory = "mailEvents")
    void receive(ConsumerRecord<String, byte[]> record)
            throws ExecutionException, InterruptedException, TimeoutException {
        EventEnvelope<?> envelope;
        try {
            envelope = codec.decode(name -> header(record, name), record.value());
        } catch (UnreadableEventException e) {
            setAside(record, e.reason());
            return;
        }
        if (!(envelope.event() instanceof MailEvent report)) {
            setAside(record, "type of another topic");
        } else if (!isGenuine(record)) {
            setAside(record, "seal");
        } else {
            keep(report, record);
        }
    }

    /** What the database will never take is poison, even from a worker of ours (R8). */
    private void keep(MailEvent report, ConsumerRecord<String, byte[]> record)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            links.recordMail(report).toFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!Database.refusesValues(e)) {
                throw e;
            }
            setAside(record, "values that cannot be kept");
        }
    }

    private boolean isGenuine(ConsumerRecord<String, byte[]> record) {
        return EventSeal.isGenuine(
                text(record, CloudEventCodec.SEAL),
                text(record, CloudEventCodec.ID),
                text(record, CloudEventCodec.TYPE),
                record.value(),
                ring.mail());
    }

    private void setAside(ConsumerRecord<String, byte[]> record, String reason)
            throws ExecutionException, InterruptedException, TimeoutException {
        LOG.atWarn()
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("A mail event was set aside");
        var aside =
                new ProducerRecord<>(
                        Topics.deadLetterTopicOf(record.topic()),
                        null,
                        record.key(),
                        record.value(),
                        record.headers());
        aside.headers().add(Topics.REASON_HEADER, reason.getBytes(StandardCharsets.UTF_8));
        kafka.send(aside).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static byte @Nullable [] header(ConsumerRecord<String, byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static String text(ConsumerRecord<String, byte[]> record, String name) {
        var value = header(record, name);
        return value == null ? "" : new String(value, StandardCharsets.UTF_8);
    }
}
