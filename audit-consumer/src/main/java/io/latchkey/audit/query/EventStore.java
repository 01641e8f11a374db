package io.latchkey.audit.query;

import io.latchkey.audit.trail.RecordedEvent;
import java.util.List;
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

    /**
     * The next of the events that match, oldest first, within a part of the trail. Fails within 3 s
     * where the database is away.
     *
     * @param from sequence number of the first that may be among them
     * @param to all are before this one
     * @param limit most events of the answer
     */
    Mono<List<RecordedEvent>> next(AuditFilter filter, long from, long to, int limit);

    /** How many events there are: the number that the next will get. */
    Mono<Long> size();

    /** The number of the first that is left: those before it are in files. */
    Mono<Long> first();

    /** Most events of one link's timeline. */
    int MAX_TIMELINE = 1000;
}
