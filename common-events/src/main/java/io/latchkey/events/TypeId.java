package io.latchkey.events;

import java.util.UUID;

/**
 * The text form of an id: a prefix, an underscore and 26 characters of Crockford's base32 (lower
 * case) over the 128 bits of a UUID.
 *
 * @see <a href="https://github.com/jetify-com/typeid/tree/main/spec">TypeID specification 0.3</a>
 */
public final class TypeId {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final int BITS = 5;

    private TypeId() {}

    public static String format(String prefix, UUID id) {
        var text = new char[LENGTH];
        var high = id.getMostSignificantBits();
        var low = id.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> BITS) | (high << (Long.SIZE - BITS));
            high >>>= BITS;
        }
        return prefix + "_" + new String(text);
    }

    /**
     * @throws IllegalArgumentException for any other spelling than the one {@link #format} gives
     */
    public static UUID parse(String prefix, String text) {
        var start = prefix.length() + 1;
        if (text.length() != start + LENGTH
                || !text.startsWith(prefix)
                || text.charAt(start - 1) != '_'
                || text.charAt(start) > '7') {
            throw malformed(prefix);
        }
        long high = 0;
        long low = 0;
        for (int i = start; i < text.length(); i++) {
            var digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw malformed(prefix);
            }
            high = (high << BITS) | (low >>> (Long.SIZE - BITS));
            low = (low << BITS) | digit;
        }
        return new UUID(high, low);
    }

    private static IllegalArgumentException malformed(String prefix) {
        return new IllegalArgumentException(
                "malformed id (expected: " + prefix + "_ and 26 characters of base32)");
    }
}
