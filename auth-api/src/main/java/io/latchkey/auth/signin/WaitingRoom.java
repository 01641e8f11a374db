package io.latchkey.auth.signin;

import io.latchkey.auth.link.WaitingState;
import io.latchkey.auth.link.WaitingStore;
import io.latchkey.auth.problem.Problem;
import io.latchkey.auth.problem.ProblemCode;
import io.latchkey.events.LinkId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Tells waiting pages how their links stand. While anybody waits, one statement a second looks at
 * all links of this node's streams at once, so any node may make the change; nobody waits, nobody
 * looks. A reader that is too slow misses states between two looks, never the last one.
 */
@Component
public class WaitingRoom implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);
    private final WaitingStore store;
    private final WaitingProperties properties;
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<LinkId, Integer> waiting = new ConcurrentHashMap<>();
    private final Flux<Map<LinkId, WaitingState>> looks;
    private volatile Sinks.Empty<Void> closing = Sinks.empty();
    private volatile boolean running;

    WaitingRoom(WaitingStore store, WaitingProperties properties) {
        this.store = store;
        this.properties = properties;
        this.looks =
                Flux.interval(properties.look())
                        .onBackpressureDrop()
                        .concatMap(_ -> look(Set.copyOf(waiting.keySet())))
                        .publish()
                        .refCount();
    }

    /** How the link stands now; empty where there is none. */
    public Mono<WaitingState> state(LinkId link) {
        return store.look(List.of(link)).flatMap(states -> Mono.justOrEmpty(states.get(link)));
    }

    /**
     * Its states from now on, each as it changes, until the last one, or the end of this node.
     * Fails before the first with {@code overloaded} where too many are waiting already. Whoever
     * subscribes takes a place, for as long as the subscription lasts.
     */
    public Flux<WaitingState> watch(LinkId link) {
        return Flux.using(() -> enter(link), _ -> states(link), Place::close);
    }

    private Flux<WaitingState> states(LinkId link) {
        var changes = looks.onBackpressureLatest().mapNotNull(states -> states.get(link));
        return state(link)
                .concatWith(changes)
                .distinctUntilChanged()
                .takeUntil(WaitingState::isLast)
                .take(properties.longest())
                .takeUntilOther(closing.asMono());
    }

    private Place enter(LinkId link) {
        var place = new Place(link);
        if (!place.isThere()) {
            place.close();
            throw Problem.retryLater(
                    ProblemCode.OVERLOADED, "Too many pages are waiting here.", pause());
        }
        return place;
    }

    private final class Place {
        private final LinkId link;
        private final int ofNode = streams.incrementAndGet();
        private final int ofLink;

        Place(LinkId link) {
            this.link = link;
            this.ofLink = waiting.merge(link, 1, Integer::sum);
        }

        boolean isThere() {
            return running
                    && ofNode <= properties.maxStreams()
                    && ofLink <= properties.maxStreamsPerLink();
        }

        void close() {
            streams.decrementAndGet();
            waiting.computeIfPresent(link, (_, n) -> n == 1 ? null : n - 1);
        }
    }

    private Mono<Map<LinkId, WaitingState>> look(Set<LinkId> links) {
        return store.look(links).onErrorResume(WaitingRoom::lookAgainLater);
    }

    private static Mono<Map<LinkId, WaitingState>> lookAgainLater(Throwable error) {
        LOG.atDebug()
                .addKeyValue("cause", error.getClass().getSimpleName())
                .log("Waiting links could not be looked at");
        return Mono.empty();
    }

    int streams() {
        return streams.get();
    }

    /** How long a browser should wait before it comes back. */
    public Duration pause() {
        return properties.look().multipliedBy(3);
    }

    @Override
    public void start() {
        closing = Sinks.empty();
        running = true;
    }

    /** Before the web server waits for what is under way: a stream would keep it waiting. */
    @Override
    public void stop() {
        running = false;
        closing.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
