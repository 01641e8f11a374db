package io.latchkey.audit.trail;

import java.nio.charset.StandardCharsets;

/**
 * An event with its place in the trail.
 *
 * @param sequence from 0, without gaps, in the order of recording; the index of its leaf
 * @param json the event as its leaf holds it: canonical JSON
 */
public record RecordedEvent(long sequence, String json) {
    /**
     * Gives an event its place.
     *
     * @throws IllegalArgumentException if it has no canonical form
     */
    public static RecordedEvent of(long sequence, AuditEvent event) {
        return new RecordedEvent(
                sequence, new String(EventDocument.leaf(sequence, event), StandardCharsets.UTF_8));
    }

    /** The bytes that are hashed. */
    public byte[] leaf() {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
