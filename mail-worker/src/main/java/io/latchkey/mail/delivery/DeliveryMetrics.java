package io.latchkey.mail.delivery;

import io.latchkey.events.FailureClass;
import io.latchkey.mail.relay.Relays;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * This worker's part of the books. Every delivery that was begun ends in exactly one outcome:
 *
 * <pre>taken = mailed + retried + abandoned + ended + held + set_aside + in flight</pre>
 *
 * {@code latchkey_mail_deliveries_total{outcome}} counts the outcomes, {@code
 * latchkey_mail_deliveries_in_flight} is the rest, {@code latchkey_mail_deliveries_oldest_seconds}
 * how long ago the oldest of these was asked for. A retried or held order is taken again later, so
 * over all workers accepted = mailed + abandoned + ended + what waits. {@code
 * latchkey_mail_relay_serving} is 0 while a relay is left alone. Alert on {@code abandoned} and
 * {@code set_aside} at all, on {@code held} for more than a minute, on a relay that does not serve,
 * and on {@code latchkey_mail_attempts_failed_total{class="transient"}} when it outruns {@code
 * mailed}.
 */
@Component
public class DeliveryMetrics {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Set<InFlight> inFlight = ConcurrentHashMap.newKeySet();

    DeliveryMetrics(MeterRegistry registry, Relays relays, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        Gauge.builder("latchkey.mail.deliveries.in.flight", inFlight, Set::size).register(registry);
        Gauge.builder("latchkey.mail.deliveries.oldest", this::oldest)
                .baseUnit("seconds")
                .register(registry);
        for (var name : relays.names()) {
            Gauge.builder("latchkey.mail.relay.connections", relays, r -> r.openConnections(name))
                    .tag("relay", name)
                    .register(registry);
            Gauge.builder("latchkey.mail.relay.serving", relays, r -> r.isServing(name) ? 1 : 0)
                    .tag("relay", name)
                    .register(registry);
        }
    }

    private double oldest() {
        var now = clock.instant().getEpochSecond();
        return inFlight.stream()
                .mapToLong(order -> Math.max(0, now - order.requestedAt.getEpochSecond()))
                .max()
                .orElse(0);
    }

    /** An order in this worker's hands. Each is itself, whenever it was asked for. */
    static final class InFlight {
        private final Instant requestedAt;

        private InFlight(Instant requestedAt) {
            this.requestedAt = requestedAt;
        }
    }

    InFlight begun(Instant requestedAt) {
        var order = new InFlight(requestedAt);
        inFlight.add(order);
        return order;
    }

    void ended(InFlight order, DeliveryResult result) {
        inFlight.remove(order);
        Counter.builder("latchkey.mail.deliveries")
                .tag("outcome", outcome(result))
                .register(registry)
                .increment();
    }

    private static String outcome(DeliveryResult result) {
        return switch (result) {
            case DeliveryResult.Mailed _ -> "mailed";
            case DeliveryResult.Retried _ -> "retried";
            case DeliveryResult.GivenUp _ -> "abandoned";
            case DeliveryResult.Held _ -> "held";
            case DeliveryResult.Ended _ -> "ended";
            case DeliveryResult.SetAside _ -> "set_aside";
        };
    }

    void attemptFailed(String relay, FailureClass failureClass) {
        Counter.builder("latchkey.mail.attempts.failed")
                .tag("relay", relay)
                .tag("class", failureClass.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void handedOver(String relay, Duration took) {
        Timer.builder("latchkey.mail.handover").tag("relay", relay).register(registry).record(took);
    }
}
