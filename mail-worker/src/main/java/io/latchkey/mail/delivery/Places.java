package io.latchkey.mail.delivery;

import io.latchkey.events.wire.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Places for the hand-overs that may go on at once; whoever finds none waits for one. A domain
 * whose mails the relay takes slowly does not fill them all: it has a quarter for hand-overs that
 * take longer than usual, unless those of other domains take as long: then it is the relay that is
 * slow. And as nobody knows at once how long a burst will take, no domain has so many hand-overs of
 * one partition under way that all consumers that serve it could wait for them.
 */
@Component
class Places {
    private static final long SLOW = Duration.ofSeconds(1).toNanos();
    private static final long GLANCE = Duration.ofMillis(5).toNanos();

    private final int slowPlaces;
    private final int placesOfPartition;
    private final Semaphore forNew;
    private final Semaphore forRetries;
    private final Map<String, Set<Place>> taken = new ConcurrentHashMap<>();

    Places(DeliveryProperties properties) {
        this.slowPlaces = Math.max(1, properties.concurrency() / 4);
        this.placesOfPartition = properties.concurrency() / Topics.LINK_REQUESTS.partitions();
        this.forNew = new Semaphore(properties.concurrency(), true);
        this.forRetries = new Semaphore(properties.retryConcurrency(), true);
    }

    /** A hand-over, from its beginning until it is closed. */
    final class Place implements AutoCloseable {
        private final String domain;
        private final MailOrder.Lane lane;
        private final long askedNanos = System.nanoTime();
        private volatile long sinceNanos = NONE;

        private static final long NONE = Long.MIN_VALUE;

        private Place(String domain, MailOrder.Lane lane) {
            this.domain = domain;
            this.lane = lane;
        }

        private void begin() {
            sinceNanos = System.nanoTime();
        }

        private boolean hasBegun() {
            return sinceNanos != NONE;
        }

        private boolean isSlow() {
            return hasBegun() && System.nanoTime() - sinceNanos > SLOW;
        }

        /** How long it was waited for. */
        Duration waited() {
            return Duration.ofNanos(sinceNanos - askedNanos);
        }

        @Override
        public void close() {
            taken.computeIfPresent(domain, (_, places) -> without(this, places));
            semaphore(lane).release();
        }
    }

    private static Set<Place> with(Place place, @Nullable Set<Place> places) {
        var all = places == null ? ConcurrentHashMap.<Place>newKeySet() : places;
        all.add(place);
        return all;
    }

    private static @Nullable Set<Place> without(Place place, Set<Place> places) {
        places.remove(place);
        return places.isEmpty() ? null : places;
    }

    private Semaphore semaphore(MailOrder.Lane lane) {
        return lane.isOfNewOrders() ? forNew : forRetries;
    }

    /** Empty where the domain has its share. */
    Optional<Place> take(String domain, MailOrder.Lane lane) {
        var place = new Place(domain, lane);
        if (hasItsShareOfSlowOnes(domain) || !waitForRoom(place)) {
            return Optional.empty();
        }
        semaphore(lane).acquireUninterruptibly();
        place.begin();
        // Those of its domain that it waited for may be what is slow.
        if (place.waited().toNanos() > SLOW && hasItsShareOfSlowOnes(domain)) {
            place.close();
            return Optional.empty();
        }
        return Optional.of(place);
    }

    private boolean hasItsShareOfSlowOnes(String domain) {
        return slowOnes(domain) >= slowPlaces && !isRelaySlow(domain);
    }

    private long slowOnes(String domain) {
        return count(domain, Place::isSlow);
    }

    private boolean isRelaySlow(String domain) {
        var others = 0L;
        var slow = 0L;
        for (var other : taken.keySet()) {
            if (!other.equals(domain)) {
                others += count(other, Place::hasBegun);
                slow += slowOnes(other);
            }
        }
        return slow >= slowPlaces && slow * 2 > others;
    }

    /** False where there is none for as long as slow ones take. */
    private boolean waitForRoom(Place place) {
        var began = System.nanoTime();
        while (!enters(place)) {
            if (System.nanoTime() - began > SLOW && slowOnes(place.domain) > 0) {
                return false;
            }
            LockSupport.parkNanos(GLANCE);
        }
        return true;
    }

    private boolean enters(Place place) {
        var all =
                taken.compute(
                        place.domain,
                        (_, places) -> isFull(place.lane, places) ? places : with(place, places));
        return all != null && all.contains(place);
    }

    private boolean isFull(MailOrder.Lane lane, @Nullable Set<Place> ofDomain) {
        return ofDomain != null
                && placesOfPartition >= 2
                && lane.isOfNewOrders()
                && ofDomain.stream().filter(place -> place.lane.equals(lane)).count()
                        >= placesOfPartition - 1;
    }

    private long count(String domain, Predicate<Place> which) {
        return taken.getOrDefault(domain, Set.of()).stream().filter(which).count();
    }
}
