package io.latchkey.auth.platform;

import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses what does not fit, at once and before anything is accepted (R9): a bounded number of
 * requests is under way, and nobody queues for a place. So it does until this node has what it
 * needs: one without its keys would publish none, and use up links that it signs no token for.
 * Health and metrics are always let in.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class Admission implements WebFilter {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private final AtomicInteger inFlight = new AtomicInteger();
    private final int limit;
    private volatile boolean begun;

    Admission(AdmissionProperties properties) {
        this.limit = properties.maxInFlight();
    }

    /** All that is read before a node is ready has been read. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        begun = true;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (exchange.getRequest().getPath().value().startsWith("/actuator/")) {
            return chain.filter(exchange);
        }
        if (!begun) {
            return Mono.error(
                    Problem.retryLater(
                            ProblemCode.UNAVAILABLE,
                            "This node is starting: nothing was accepted.",
                            SOON));
        }
        return Mono.deferContextual(
                context -> {
                    var place = new Place();
                    if (place.isOneTooMany()) {
                        place.leave();
                        return Mono.error(
                                Problem.retryLater(
                                        ProblemCode.OVERLOADED, "Nothing was accepted.", SOON));
                    }
                    if (isStream(exchange)) {
                        exchange.getResponse().beforeCommit(place::left);
                    }
                    var served =
                            chain.filter(exchange)
                                    .contextWrite(context)
                                    .doFinally(_ -> place.leave());
                    // R10: what was let in is finished, even where its caller hangs up.
                    return changes(exchange) ? Mono.fromFuture(served::toFuture, true) : served;
                });
    }

    /**
     * Streams last for minutes: they are counted until they begin, and have a bound of their own.
     */
    private static boolean isStream(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value().equals("/code/events");
    }

    private static boolean changes(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        return !SAFE.contains(request.getMethod())
                // Browsers are sent here: a GET gives a code, or signs out.
                || request.getPath().value().startsWith("/oauth2/");
    }

    /** Taken when made, given back once. */
    private final class Place {
        private final int taken = inFlight.incrementAndGet();
        private final AtomicBoolean left = new AtomicBoolean();

        boolean isOneTooMany() {
            return taken > limit;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                inFlight.decrementAndGet();
            }
        }

        Mono<Void> left() {
            return Mono.fromRunnable(this::leave);
        }
    }
}
