package io.latchkey.audit.tlog;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The log, as those see it who check it. All fail within 3 s where the database is away. */
public interface LogStore {
    /** The newest signed note; empty before the first. */
    Mono<String> checkpoint();

    /** Those that are there, of the width that they have now. */
    Mono<List<Tile>> tiles(Collection<TileAddress> addresses);

    /**
     * Leaves in their order; fewer than asked for where the log ends, or where they were dropped.
     *
     * @param from index of the first
     * @param count at most {@value TileAddress#WIDTH}
     */
    Mono<List<byte[]>> leaves(long from, int count);

    /**
     * Where an event is.
     *
     * @param tenant whose events may be seen; all where there is none
     */
    Mono<Long> place(UUID eventId, @Nullable String tenant);
}
