package io.latchkey.audit.query;

import org.jspecify.annotations.Nullable;

/**
 * Which part of the answer is wanted.
 *
 * @param after the end of the page before; absent for the first
 * @param limit most events of the page, 1 to {@value #MAX_LIMIT}
 */
public record PageRequest(Order order, @Nullable Cursor after, int limit) {
    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: 1 to 200)");
        }
        if (after != null && after.order() != order) {
            throw new IllegalArgumentException("cursor of the other order");
        }
    }
}
