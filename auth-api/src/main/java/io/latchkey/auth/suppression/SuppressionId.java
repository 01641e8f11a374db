package io.latchkey.auth.suppression;

import io.latchkey.events.TypeId;
import java.util.UUID;

/** Names one suppression. Written as {@code supp_} and 26 characters of base32. */
public record SuppressionId(UUID value) {
    private static final String PREFIX = "supp";

    /**
     * @throws IllegalArgumentException if the text is not exactly what {@link #toString} gives
     */
    public static SuppressionId parse(String text) {
        return new SuppressionId(TypeId.parse(PREFIX, text));
    }

    @Override
    public String toString() {
        return TypeId.format(PREFIX, value);
    }
}
