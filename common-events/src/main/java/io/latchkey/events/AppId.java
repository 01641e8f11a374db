package io.latchkey.events;

import com.fasterxml.uuid.Generators;
import java.util.UUID;

/**
 * Names an app: the OAuth {@code client_id}. Written as {@code app_} and 26 characters of base32.
 *
 * @param value a UUIDv7 where Latchkey made it: ordered by the time of its making, to the
 *     millisecond
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc9562#section-5.7">RFC 9562 §5.7</a>
 */
public record AppId(UUID value) {
    private static final String PREFIX = "app";

    /** A new id, stamped with this machine's clock. */
    public static AppId next() {
        return new AppId(Generators.timeBasedEpochRandomGenerator().generate());
    }

    /**
     * @throws IllegalArgumentException if the text is not exactly what {@link #toString} gives
     */
    public static AppId parse(String text) {
        return new AppId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, value);
    }
}
