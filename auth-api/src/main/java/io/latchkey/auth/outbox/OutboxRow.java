package io.latchkey.auth.outbox;

import io.latchkey.events.EventId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was kept with the change it tells of, and is to be published by this node.
 *
 * @param key the subject, where there is one
 * @param type CloudEvents type
 * @param data JSON
 * @param time the database's time of the change
 */
public record OutboxRow(
        EventId id, String topic, @Nullable String key, String type, String data, Instant time) {
    /** Without the data: it may hold an address. */
    @Override
    public String toString() {
        return "OutboxRow[" + id + ", " + type + "]";
    }
}
