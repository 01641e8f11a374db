package io.latchkey.events;

import com.fasterxml.uuid.Generators;
import java.util.UUID;

/**
 * Names one event; the same on every redelivery of it. Written as {@code evt_} and 26 characters of
 * base32.
 *
 * @param value a UUIDv7 where Latchkey made it: ordered by the time of its making, to the
 *     millisecond
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9562#section-5.7">RFC 9562 §5.7</a>
 */
public record EventId(UUID value) {
    private static final String PREFIX = "evt";

    /** A new id, stamped with this machine's clock. */
    public static EventId next() {
        return new EventId(Generators.timeBasedEpochRandomGenerator().generate());
    }

    /**
     * @throws IllegalArgumentException if the text is not exactly what {@link #toString} gives
     */
    public static EventId parse(String text) {
        return new EventId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, value);
    }
}
