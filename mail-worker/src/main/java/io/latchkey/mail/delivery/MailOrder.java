package io.latchkey.mail.delivery;

import io.latchkey.events.EventId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.wire.Topics;

/**
 * An order as it came, not yet known to be genuine.
 *
 * @param id of the event; the same on every retry
 * @param attempts made before this one
 * @param lane where it came from
 */
public record MailOrder(EventId id, LinkRequested request, int attempts, Lane lane) {
    /** A partition, which some of the consumers serve. */
    public record Lane(String topic, int partition) {
        boolean isOfNewOrders() {
            return topic.equals(Topics.LINK_REQUESTS.topic());
        }
    }

    public MailOrder {
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 0 or more)");
        }
    }
}
