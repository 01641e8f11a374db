package io.latchkey.mail.delivery;

import io.latchkey.events.FailureClass;
import io.latchkey.mail.smtp.SmtpRelay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * This worker's part of the books. Every delivery that was begun ends in exactly one outcome:
 *
 * <pre>taken = mailed + retried + abandoned + held + set_aside + in flight</pre>
 *
 * {@code latchkey_mail_deliveries_total{outcome}} counts the outcomes, {@code
 * latchkey_mail_deliveries_in_flight} is the rest. A retried or held order is taken again later, so
 * over all workers accepted = mailed + abandoned + what waits. Alert on {@code abandoned} and
 * {@code set_aside} at all, on {@code held} for more than a minute, and on {@code
 * latchkey_mail_attempts_failed_total{class="transient"}} when it outruns {@code mailed}.
 */
@Component
public class DeliveryMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger inFlight;

    DeliveryMetrics(MeterRegistry registry, SmtpRelay relay) {
        this.registry = registry;
        this.inFlight = registry.gauge("latchkey.mail.deliveries.in.flight", new AtomicInteger());
        Gauge.builder("latchkey.mail.relay.connections", relay, SmtpRelay::openConnections)
                .tag("relay", relay.name())
                .register(registry);
    }

    void begun() {
        inFlight.incrementAndGet();
    }

    void ended(DeliveryResult result) {
        inFlight.decrementAndGet();
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
