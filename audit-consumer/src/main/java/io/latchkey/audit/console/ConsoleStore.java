package io.latchkey.audit.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** What the console counts. All fail within 3 s where the database is away. */
public interface ConsoleStore {
    /** Of how many of the newest events the frequent ones are told. */
    int NEWEST = 20_000;

    /**
     * The events of a time, step by step; steps without events are left out.
     *
     * @param from where the first step begins
     * @param to the first that is not counted
     */
    Mono<List<EventCount>> counts(Instant from, Instant to, Duration step);

    /** The networks that most of the newest {@value #NEWEST} events came from, at most ten. */
    Mono<List<Frequent>> networks(Instant from);

    /** The apps that most of the newest {@value #NEWEST} events are about, at most ten. */
    Mono<List<Frequent>> apps(Instant from);

    /** The newest; empty before the first. */
    Mono<LatestCheckpoint> checkpoint();
}
