package io.latchkey.mail.deadletter;

import io.latchkey.events.EventId;
import io.latchkey.events.LinkId;
import java.time.Instant;

/**
 * An order that was given up.
 *
 * @param id that of the order: an order that is tried again and fails again is the same dead letter
 * @param reason stable word in snake case
 * @param attempts that were made
 * @param deliverBy the end of its delivery time: until then it can be tried again
 */
public record DeadLetter(
        EventId id,
        LinkId linkId,
        String reason,
        int attempts,
        Instant failedAt,
        Instant deliverBy) {}
