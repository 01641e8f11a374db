package io.latchkey.auth.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, as callers get it.
 *
 * @param nextCursor absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ItemPage<T>(List<T> items, @JsonProperty("next_cursor") @Nullable String nextCursor) {
    public ItemPage {
        items = List.copyOf(items);
    }

    /**
     * @param found up to {@link PageRequest#look} of them
     */
    public static <T> ItemPage<T> of(List<T> found, PageRequest request, Function<T, UUID> id) {
        if (found.size() <= request.limit()) {
            return new ItemPage<>(found, null);
        }
        var items = found.subList(0, request.limit());
        return new ItemPage<>(items, PageRequest.cursor(id.apply(items.getLast())));
    }

    public <R> ItemPage<R> map(Function<? super T, ? extends R> shape) {
        return new ItemPage<>(items.stream().<R>map(shape).toList(), nextCursor);
    }
}
