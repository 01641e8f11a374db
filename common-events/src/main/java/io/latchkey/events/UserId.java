package io.latchkey.events;

import com.fasterxml.uuid.Generators;
import java.util.UUID;

/**
 * Names one user of a tenant. Written as {@code user_} and 26 characters of base32.
 *
 * @param value a UUIDv7 where Latchkey made it: ordered by the time of its making, to the
 *     millisecond
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9562#section-5.7">RFC 9562 §5.7</a>
 */
public record UserId(UUID value) {
    private static final String PREFIX = "user";

    /** A new id, stamped with this machine's clock. */
    public static UserId next() {
        return new UserId(Generators.timeBasedEpochRandomGenerator().generate());
    }

    /**
     * @throws IllegalArgumentException if the text is not exactly what {@link #toString} gives
     */
    public static UserId parse(String text) {
        return new UserId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, value);
    }
}
