package io.latchkey.audit.query;

import reactor.core.publisher.Mono;

/** The trail, as its readers see it. */
public interface EventStore {
    /**
     * One page of the events that match, by sequence. Fails within 3 s where the database is away.
     */
    Mono<EventPage> find(AuditFilter filter, PageRequest page);

    /**
     * All of one link, oldest first; empty where nothing is known to this reader. At most the
     * oldest {@value #MAX_TIMELINE}: no honest link comes near.
     */
    Mono<EventPage> timeline(AuditFilter ofLink);

    /** Most events of one link's timeline. */
    int MAX_TIMELINE = 1000;
}
