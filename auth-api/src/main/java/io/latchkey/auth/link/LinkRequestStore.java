package io.latchkey.auth.link;

import io.latchkey.events.LinkId;
import reactor.core.publisher.Mono;

/** What links were asked for with. */
public interface LinkRequestStore {
    /**
     * As it was accepted, without the words of its mail and the time for its delivery; empty where
     * its user has been erased.
     */
    Mono<LinkRequest> find(LinkId id);
}
