package io.latchkey.auth.link.web;

import io.latchkey.auth.limit.Budget;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells a caller which limits it is within, and what they have left.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit
 *     header fields for HTTP</a>
 */
final class RateLimitHeaders {
    private static final long ROUND_UP_MS = 999;

    private RateLimitHeaders() {}

    static void set(Budget budget, ServerWebExchange exchange) {
        if (budget.spent().isEmpty()) {
            return;
        }
        var headers = exchange.getResponse().getHeaders();
        headers.set("RateLimit-Policy", list(budget, RateLimitHeaders::policy));
        headers.set("RateLimit", list(budget, RateLimitHeaders::left));
    }

    private static String list(Budget budget, Function<Budget.Spent, String> item) {
        return budget.spent().stream().map(item).collect(Collectors.joining(", "));
    }

    private static String policy(Budget.Spent spent) {
        return "%s;q=%d;w=%d"
                .formatted(name(spent), spent.rate().burst(), spent.rate().period().toSeconds());
    }

    private static String left(Budget.Spent spent) {
        var item = name(spent) + ";r=" + spent.remaining();
        var wait = spent.retryAfter().plusMillis(ROUND_UP_MS).toSeconds();
        return wait > 0 ? item + ";t=" + wait : item;
    }

    private static String name(Budget.Spent spent) {
        return "\"" + spent.kind() + "-" + spent.rate() + "\"";
    }
}
