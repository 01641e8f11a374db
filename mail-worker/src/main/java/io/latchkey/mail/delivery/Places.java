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

        private boolean isSlow() {
            var since = sinceNanos;
            return since != NONE && System.nanoTime() - since > SLOW;
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
        if (hasItsShareOfSlowOnes(domain) || !waitForRoom(domain, lane)) {
            return Optional.empty();
        }
        taken.compute(domain, (_, places) -> with(place, places));
        semaphore(lane).acquireUninterruptibly();
        place.begin();
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
                others += count(other, _ -> true);
                slow += slowOnes(other);
            }
        }
        return slow >= slowPlaces && slow * 2 > others;
    }

    /** False where there is none for as long as slow ones take. */
    private boolean waitForRoom(String domain, MailOrder.Lane lane) {
        if (placesOfPartition < 2 || !lane.isOfNewOrders()) {
            return true;
        }
        var began = System.nanoTime();
        while (isFull(domain, lane)) {
            if (System.nanoTime() - began > SLOW && slowOnes(domain) > 0) {
                return false;
            }
            LockSupport.parkNanos(GLANCE);
        }
        return true;
    }

    private boolean isFull(String domain, MailOrder.Lane lane) {
        return count(domain, place -> place.lane.equals(lane)) >= placesOfPartition - 1;
    }

    private long count(String domain, Predicate<Place> which) {
        return taken.getOrDefault(domain, Set.of()).stream().filter(which).count();
    }
}
