package io.latchkey.mail.relay;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.latchkey.rendering.Mail;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A relay that is left alone while it does not serve, and offered no more than it takes. */
final class GuardedRelay {
    private final MailRelay relay;
    private final int weight;
    private final CircuitBreaker breaker;
    private final @Nullable RateLimiter limiter;
    private final DomainsInTrouble domainsInTrouble = new DomainsInTrouble();

    /**
     * @param limiter none where the relay takes as much as comes
     */
    GuardedRelay(
            MailRelay relay, int weight, CircuitBreaker breaker, @Nullable RateLimiter limiter) {
        this.relay = relay;
        this.weight = weight;
        this.breaker = breaker;
        this.limiter = limiter;
    }

    MailRelay relay() {
        return relay;
    }

    int weight() {
        return weight;
    }

    CircuitBreaker.State state() {
        return breaker.getState();
    }

    /**
     * Empty where the relay is to be left alone now.
     *
     * @param wait whether to wait for its rate, as long as that may take at most
     */
    Optional<RelayTry> handOver(Mail mail, Duration patience, Duration time, boolean wait) {
        if (!breaker.tryAcquirePermission()) {
            return Optional.empty();
        }
        var end = System.nanoTime() + time.toNanos();
        if (!isWithinRate(wait, time)) {
            breaker.releasePermission();
            return Optional.empty();
        }
        var left = Duration.ofNanos(end - System.nanoTime());
        var patient = patience.compareTo(left) < 0 ? patience : left;
        var began = System.nanoTime();
        RelayReply reply;
        try {
            reply = relay.handOver(mail, patient, left);
        } catch (RuntimeException | Error e) {
            breaker.releasePermission();
            throw e;
        }
        var took = System.nanoTime() - began;
        count(reply, mail.to().domain(), took);
        return Optional.of(new RelayTry(relay.name(), reply, Duration.ofNanos(took)));
    }

    private boolean isWithinRate(boolean wait, Duration time) {
        if (limiter == null) {
            return true;
        }
        if (!wait) {
            return limiter.getMetrics().getAvailablePermissions() > 0
                    && limiter.reservePermission() == 0;
        }
        var nanos = limiter.reservePermission();
        if (nanos < 0 || nanos >= time.toNanos()) {
            return false;
        }
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
        return true;
    }

    private void count(RelayReply reply, String domain, long nanos) {
        if (!(reply instanceof RelayReply.Failed failed)) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else if (failed.reason().isOfRelay()
                || (failed.reason().mayBeOfRelay() && domainsInTrouble.isNews(domain))) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new RelayFault(failed.reason()));
        } else if (failed.reason().mayBeOfRelay()) {
            breaker.releasePermission();
        } else {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** For the breaker alone, which counts exceptions. */
    private static final class RelayFault extends Exception {
        private static final long serialVersionUID = 1L;

        RelayFault(FailureReason reason) {
            super(reason.toString(), null, false, false);
        }
    }
}
