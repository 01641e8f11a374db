package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.Event;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRevoked;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.events.wire.UnreadableEventException;
import io.latchkey.mail.delivery.LinkEnds;
import io.latchkey.mail.platform.TextHeaders;
import io.latchkey.mail.platform.WholeTopic;
import io.latchkey.mail.platform.WholeTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Knows the ends of a day's links from a topic that is read whole. Only what auth-api has sealed
 * counts: whoever can write to Kafka must not be able to keep mails back. An end is kept longer
 * than any order may be delivered.
 */
@Component
class KafkaLinkEnds implements LinkEnds, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KafkaLinkEnds.class);
    private static final Duration KEPT = Duration.ofHours(25);

    /** So few need no cleaning. */
    private static final int LEAST_FORGOTTEN = 10_000;

    private record Known(LinkEnd end, Instant at) {}

    private final CloudEventCodec codec = new CloudEventCodec();
    private final ConcurrentMap<LinkId, Known> ends = new ConcurrentHashMap<>();
    private final MailKeyRing ring;
    private final InstantSource clock;
    private final WholeTopic topic;
    private int forgetAbove = LEAST_FORGOTTEN;
    private volatile boolean running;

    KafkaLinkEnds(MailKeyRing ring, InstantSource clock, WholeTopics topics) {
        this.ring = ring;
        this.clock = clock;
        this.topic = topics.of(Topics.LINK_ENDS.topic(), this::read);
    }

    @Override
    public Optional<LinkEnd> of(LinkId link) {
        return Optional.ofNullable(ends.get(link)).map(Known::end);
    }

    /** Whether the ends are known that were published before this worker began. */
    boolean areKnown() {
        return topic.isComplete();
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            var envelope =
                    codec.decode(name -> TextHeaders.value(record.headers(), name), record.value());
            var end = end(envelope.event());
            var linkId = envelope.event().context().linkId();
            var oldest = clock.instant().minus(KEPT);
            if (end.isEmpty() || linkId == null || !isGenuine(record)) {
                ignored(record, "seal or type");
            } else if (envelope.time().isAfter(oldest)) {
                ends.put(linkId, new Known(end.get(), envelope.time()));
                if (ends.size() > forgetAbove) {
                    forget();
                    forgetAbove = Math.max(LEAST_FORGOTTEN, 2 * ends.size());
                }
            }
        } catch (UnreadableEventException e) {
            ignored(record, e.reason());
        }
    }

    private static Optional<LinkEnd> end(Event event) {
        return switch (event) {
            case LinkRevoked _ -> Optional.of(LinkEnd.REVOKED);
            case LinkConfirmed _ -> Optional.of(LinkEnd.USED);
            default -> Optional.empty();
        };
    }

    private boolean isGenuine(ConsumerRecord<byte[], byte[]> record) {
        var seal = TextHeaders.text(record.headers(), CloudEventCodec.SEAL);
        var id = TextHeaders.text(record.headers(), CloudEventCodec.ID);
        var type = TextHeaders.text(record.headers(), CloudEventCodec.TYPE);
        return seal.isPresent()
                && EventSeal.isGenuine(
                        seal.get(), id.orElseThrow(), type.orElseThrow(), record.value(), ring);
    }

    private static void ignored(ConsumerRecord<byte[], byte[]> record, String reason) {
        log.atWarn()
                .addKeyValue("topic", record.topic())
                .addKeyValue("partition", record.partition())
                .addKeyValue("offset", record.offset())
                .addKeyValue("reason", reason)
                .log("a record that is no end of a link of ours is ignored");
    }

    private void forget() {
        var oldest = clock.instant().minus(KEPT);
        ends.values().removeIf(known -> known.at().isBefore(oldest));
    }

    @Override
    public void start() {
        topic.start();
        running = true;
    }

    @Override
    public void stop() {
        topic.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
