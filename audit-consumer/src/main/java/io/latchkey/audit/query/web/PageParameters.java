package io.latchkey.audit.query.web;

import io.latchkey.audit.problem.QueryParameters;
import io.latchkey.audit.query.Cursor;
import io.latchkey.audit.query.Order;
import io.latchkey.audit.query.PageRequest;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which page a caller of the event list asks for. */
final class PageParameters {
    static final Set<String> NAMES = Set.of("limit", "cursor", "order");

    private PageParameters() {}

    /** What is wrong is gathered in the parameters; a page is given all the same. */
    static PageRequest read(QueryParameters parameters) {
        var order =
                Objects.requireNonNullElse(
                        parameters.get("order", PageParameters::order, "asc or desc"),
                        Order.NEWEST_FIRST);
        var limit =
                Objects.requireNonNullElse(
                        parameters.get("limit", PageParameters::limit, "1 to 200"),
                        PageRequest.DEFAULT_LIMIT);
        var cursor =
                parameters.get(
                        "cursor",
                        text ->
                                Cursor.parse(text)
                                        .filter(each -> each.order() == order)
                                        .orElse(null),
                        "a next_cursor of the same order");
        return new PageRequest(order, cursor, limit);
    }

    private static @Nullable Order order(String text) {
        return switch (text) {
            case "asc" -> Order.OLDEST_FIRST;
            case "desc" -> Order.NEWEST_FIRST;
            default -> null;
        };
    }

    private static @Nullable Integer limit(String text) {
        var limit = Integer.parseInt(text);
        return limit >= 1 && limit <= PageRequest.MAX_LIMIT ? limit : null;
    }
}
