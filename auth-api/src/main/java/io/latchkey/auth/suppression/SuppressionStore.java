package io.latchkey.auth.suppression;

import io.latchkey.auth.outbox.OutboxRow;
import io.latchkey.auth.platform.PageRequest;
import io.latchkey.events.AdminActed;
import io.latchkey.events.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where suppressions are kept. They are made by the statement that marks a link as bounced, and
 * heeded by the one that accepts a link. Those whose time is over are as good as none.
 */
public interface SuppressionStore {
    /**
     * Newest first, one more than the page holds.
     *
     * @param subject of the one address that is asked for, or null
     */
    Mono<List<Suppression>> list(@Nullable Subject subject, PageRequest page);

    Mono<Suppression> find(SuppressionId id);

    /** Ends one, and keeps the event of it in the same statement; empty where there is none. */
    Mono<List<OutboxRow>> lift(SuppressionId id, AdminActed event);
}
