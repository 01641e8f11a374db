package io.latchkey.mail.bounce.kafka;

import io.latchkey.events.EventId;
import io.latchkey.events.MailBounced;
import io.latchkey.mail.bounce.BounceRelay;
import io.latchkey.mail.bounce.UnpublishedBounceException;
import io.latchkey.mail.platform.SealedEvents;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Publishes under the seal of the mail ring; done when all in-sync replicas have it. */
@Component
class KafkaBounceRelay implements BounceRelay {
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final SealedEvents sealedEvents;

    KafkaBounceRelay(KafkaTemplate<byte[], byte[]> kafka, SealedEvents sealedEvents) {
        this.kafka = kafka;
        this.sealedEvents = sealedEvents;
    }

    @Override
    public void publish(MailBounced bounce) throws UnpublishedBounceException {
        try {
            kafka.send(sealedEvents.record(id(bounce), bounce)).get();
        } catch (ExecutionException | RuntimeException e) {
            throw new UnpublishedBounceException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnpublishedBounceException(e);
        }
    }

    /** Of what it says, so that a mail that is read twice is one event. */
    private static EventId id(MailBounced bounce) {
        var said = "MailBounced " + bounce.context().linkId() + " " + bounce.context().reason();
        return new EventId(UUID.nameUUIDFromBytes(said.getBytes(StandardCharsets.UTF_8)));
    }
}
