package io.latchkey.audit.query;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended. Sequence numbers never change and new events come behind all others, so pages
 * read by cursor neither repeat nor miss an event, whatever is recorded meanwhile.
 *
 * @param order of the pages it belongs to
 * @param last sequence number of the page's last event
 */
public record Cursor(Order order, long last) {
    private static final int LENGTH = Byte.BYTES + Long.BYTES;

    public Cursor {
        if (last < 0) {
            throw new IllegalArgumentException("last: " + last + " (expected: 0 or more)");
        }
    }

    /** Reads what {@link #toString} gave; empty for anything else. */
    public static Optional<Cursor> parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != LENGTH) {
                return Optional.empty();
            }
            var order = bytes.get();
            var cursor =
                    new Cursor(
                            order == 0 ? Order.NEWEST_FIRST : Order.OLDEST_FIRST, bytes.getLong());
            return cursor.toString().equals(text) ? Optional.of(cursor) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** For callers: opaque, 12 characters of base64url. */
    @Override
    public String toString() {
        var bytes =
                ByteBuffer.allocate(LENGTH)
                        .put((byte) (order == Order.NEWEST_FIRST ? 0 : 1))
                        .putLong(last)
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
