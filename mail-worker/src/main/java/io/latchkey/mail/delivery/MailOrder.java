package io.latchkey.mail.delivery;

import io.latchkey.events.EventId;
import io.latchkey.events.LinkRequested;

/**
 * An order as it came, not yet known to be genuine.
 *
 * @param id of the event; the same on every retry
 * @param attempts made before this one
 */
public record MailOrder(EventId id, LinkRequested request, int attempts) {
    public MailOrder {
        if (attempts < 0) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 0 or more)");
        }
    }
}
