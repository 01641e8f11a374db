package io.latchkey.mail.relay;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what stands before a relay. */
final class Guards {
    private static final Logger log = LoggerFactory.getLogger(Guards.class);
    private static final int LOOKED_AT = 10;
    private static final int LEAST = 5;
    private static final int TRIALS = 3;

    /** So many times a second at most what may go is counted anew. */
    private static final int FINENESS = 100;

    private Guards() {}

    static GuardedRelay guard(
            MailRelay relay, int weight, @Nullable Integer rate, RelaysProperties all) {
        var breaker = breaker(relay.name(), all.relayPause());
        var limiter = rate == null ? null : limiter(relay.name(), rate, all.relayWait());
        return new GuardedRelay(relay, weight, breaker, limiter);
    }

    private static CircuitBreaker breaker(String name, Duration pause) {
        var breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .slidingWindowType(
                                        CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                                .slidingWindowSize(LOOKED_AT)
                                .minimumNumberOfCalls(LEAST)
                                .waitDurationInOpenState(pause)
                                .permittedNumberOfCallsInHalfOpenState(TRIALS)
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(
                        event ->
                                log.atWarn()
                                        .addKeyValue("relay", name)
                                        .addKeyValue(
                                                "state", event.getStateTransition().getToState())
                                        .log("a relay's state has changed"));
        return breaker;
    }

    private static RateLimiter limiter(String name, int rate, Duration wait) {
        var atOnce = Math.ceilDiv(rate, FINENESS);
        return RateLimiter.of(
                name,
                RateLimiterConfig.custom()
                        .limitForPeriod(atOnce)
                        .limitRefreshPeriod(Duration.ofSeconds(atOnce).dividedBy(rate))
                        .timeoutDuration(wait)
                        .build());
    }
}
