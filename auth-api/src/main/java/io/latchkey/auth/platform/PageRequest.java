package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Which part of a list is asked for. Lists are read by id, newest first: ids are UUIDv7 and never
 * change, so pages neither repeat nor miss what was there when the first was read.
 *
 * @param limit 1 to {@value #MOST}
 * @param before the last id of the page before, where there was one
 */
public record PageRequest(int limit, @Nullable UUID before) {
    static final int MOST = 200;
    private static final int USUAL = 50;
    private static final int UUID_BYTES = 16;
    private static final UUID HIGHEST = new UUID(-1, -1);

    /**
     * Reads {@code limit} and {@code cursor}.
     *
     * @throws Problem {@code invalid_request}
     */
    public static PageRequest of(MultiValueMap<String, String> query) {
        var limit = query.getFirst("limit");
        var cursor = query.getFirst("cursor");
        return new PageRequest(
                limit == null ? USUAL : limit(limit), cursor == null ? null : id(cursor));
    }

    /** All ids of the page are lower. */
    public UUID belowId() {
        return before == null ? HIGHEST : before;
    }

    /** One more than asked for tells whether there is a next page. */
    public int look() {
        return limit + 1;
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,3}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MOST) {
            throw Problem.invalid("/limit", "expected: 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    static String cursor(UUID id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ByteBuffer.allocate(UUID_BYTES)
                                .putLong(id.getMostSignificantBits())
                                .putLong(id.getLeastSignificantBits())
                                .array());
    }

    private static UUID id(String cursor) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == UUID_BYTES) {
                var id = new UUID(bytes.getLong(), bytes.getLong());
                if (cursor(id).equals(cursor)) {
                    return id;
                }
            }
        } catch (IllegalArgumentException e) {
            // Answered below, as any other text that is no cursor.
        }
        throw Problem.invalid("/cursor", "expected: next_cursor of the page before");
    }
}
