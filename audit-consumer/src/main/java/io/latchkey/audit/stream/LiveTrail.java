package io.latchkey.audit.stream;

import io.latchkey.audit.query.AuditFilter;
import io.latchkey.audit.query.EventStore;
import io.latchkey.audit.trail.RecordedEvent;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Follows the trail. Sequence numbers have no gaps and are committed in their order, so whoever has
 * read all below the size has missed nothing, and what follows begins there.
 */
@Service
public final class LiveTrail {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int AT_A_TIME = 200;

    private final EventStore events;

    /** One look for all who follow; none where nobody does. */
    private final Flux<Long> sizes;

    LiveTrail(EventStore events) {
        this.events = events;
        this.sizes =
                Flux.interval(Duration.ZERO, BETWEEN_LOOKS)
                        .onBackpressureDrop()
                        // Whoever follows waits while the database is away; a replay that has
                        // ended with an error gives that error to all who come later, for ever.
                        .concatMap(_ -> events.size().onErrorComplete(), 1)
                        .distinctUntilChanged()
                        .replay(1)
                        .refCount();
    }

    /**
     * @param events that match, oldest first; may be none
     * @param next where to go on: all before it is read
     */
    public record Part(List<RecordedEvent> events, long next) {
        public Part {
            events = List.copyOf(events);
        }
    }

    /** How many events there are now: where somebody begins who wants new ones only. */
    public Mono<Long> end() {
        return events.size();
    }

    /**
     * All events that match, from one on, without an end. Read as fast as they are taken.
     *
     * @param from sequence number of the first that may be among them
     */
    public Flux<Part> follow(AuditFilter filter, long from) {
        return Flux.defer(() -> follow(filter, new Position(from)));
    }

    private Flux<Part> follow(AuditFilter filter, Position position) {
        return sizes.onBackpressureLatest()
                .concatMap(size -> upTo(filter, position, size), 1)
                .doOnNext(part -> position.next = part.next());
    }

    private Flux<Part> upTo(AuditFilter filter, Position position, long size) {
        return read(filter, position.next, size)
                .expand(
                        part ->
                                part.next() < size
                                        ? read(filter, part.next(), size)
                                        : Mono.empty());
    }

    private Mono<Part> read(AuditFilter filter, long from, long size) {
        if (from >= size) {
            return Mono.empty();
        }
        return events.next(filter, from, size, AT_A_TIME)
                .map(
                        found ->
                                new Part(
                                        found,
                                        found.size() < AT_A_TIME
                                                ? size
                                                : found.getLast().sequence() + 1));
    }

    /** Of one who follows; changed by one signal at a time. */
    private static final class Position {
        private volatile long next;

        Position(long next) {
            this.next = next;
        }
    }
}
