package io.latchkey.audit.ingest;

import java.util.Map;
import java.util.UUID;

/**
 * The right to append, until it is closed, its connection is lost, or its holder is silent for half
 * a minute. A rival may then hold it; what an old holder still tries changes nothing. Used by one
 * thread.
 */
public interface AppendSession extends AutoCloseable {
    /**
     * Where the trail ends in a topic, by partition; nothing for partitions never read from.
     *
     * @throws StoreUnavailableException if the session is over
     */
    Map<Integer, Long> nextOffsets(UUID topicId);

    /**
     * Appends the events that the trail does not have yet and moves the offsets on: all or nothing.
     *
     * @return how many were new
     * @throws RefusedBatchException if some event in it can never be stored; nothing was changed
     * @throws StoreUnavailableException if the session is over; whether the batch was stored is for
     *     the next session to see, from the offsets
     */
    int append(AuditBatch batch);

    /**
     * Says that the holder is alive; to be called at least every 10 seconds.
     *
     * @throws StoreUnavailableException if the session is over
     */
    void keepAlive();

    /** Lets a rival append. */
    @Override
    void close();
}
