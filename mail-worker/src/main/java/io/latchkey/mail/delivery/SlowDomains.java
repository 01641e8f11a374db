package io.latchkey.mail.delivery;

import io.latchkey.events.wire.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Keeps a domain whose mails the relay takes slowly from filling all places. Of all places it has a
 * quarter for hand-overs that take longer than usual, unless those of other domains take as long:
 * then it is the relay that is slow. Of the few places that serve one partition it never has the
 * last, as nobody knows at once how long a burst will take: who would take it waits a moment for
 * another of his domain to come to its end.
 */
@Component
class SlowDomains {
    private static final long SLOW = Duration.ofSeconds(1).toNanos();
    private static final long GLANCE = Duration.ofMillis(5).toNanos();

    private final int slowPlaces;
    private final int placesOfPartition;
    private final ConcurrentMap<Stay, Stay> underWay = new ConcurrentHashMap<>();

    SlowDomains(DeliveryProperties properties) {
        this.slowPlaces = Math.max(1, properties.concurrency() / 4);
        this.placesOfPartition = properties.concurrency() / Topics.LINK_REQUESTS.partitions();
    }

    /** A hand-over, from its beginning until it is closed. */
    final class Stay implements AutoCloseable {
        private final String domain;
        private final MailOrder.Lane lane;
        private final long sinceNanos = System.nanoTime();

        private Stay(String domain, MailOrder.Lane lane) {
            this.domain = domain;
            this.lane = lane;
        }

        private boolean isSlow() {
            return System.nanoTime() - sinceNanos > SLOW;
        }

        @Override
        public void close() {
            underWay.remove(this);
        }
    }

    /** Empty where the domain has its share; returns within a second. */
    Optional<Stay> enter(String domain, MailOrder.Lane lane) {
        if (count(s -> s.domain.equals(domain) && s.isSlow()) >= slowPlaces
                && !isRelaySlow(domain)) {
            return Optional.empty();
        }
        if (!leavesRoom(domain, lane)) {
            return Optional.empty();
        }
        var stay = new Stay(domain, lane);
        underWay.put(stay, stay);
        return Optional.of(stay);
    }

    private boolean isRelaySlow(String domain) {
        Predicate<Stay> others = s -> !s.domain.equals(domain);
        var slow = count(others.and(Stay::isSlow));
        return slow >= slowPlaces && slow * 2 > count(others);
    }

    private boolean leavesRoom(String domain, MailOrder.Lane lane) {
        if (placesOfPartition < 2 || !lane.isOfNewOrders()) {
            return true;
        }
        var began = System.nanoTime();
        while (isLast(domain, lane)) {
            if (System.nanoTime() - began > SLOW) {
                return false;
            }
            LockSupport.parkNanos(GLANCE);
        }
        return true;
    }

    private boolean isLast(String domain, MailOrder.Lane lane) {
        return count(s -> s.domain.equals(domain) && s.lane.equals(lane)) >= placesOfPartition - 1;
    }

    private long count(Predicate<Stay> stays) {
        return underWay.keySet().stream().filter(stays).count();
    }
}
