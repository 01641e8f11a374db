package io.latchkey.auth.link;

import io.latchkey.events.LinkId;
import java.util.Collection;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Tells how links look to those who wait. */
public interface WaitingStore {
    /** Of all these links that there are, by one statement. */
    Mono<Map<LinkId, WaitingState>> look(Collection<LinkId> links);
}
