package io.latchkey.audit.ingest;

import io.latchkey.audit.tlog.TreeHead;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * Appends the events that the trail does not have yet, grows the log by their leaves, enters
     * them into the books and moves the offsets on: all or nothing.
     *
     * @return how many were new
     * @throws RefusedBatchException if some event in it can never be stored; nothing was changed
     * @throws StoreUnavailableException if the session is over; whether the batch was stored is for
     *     the next session to see, from the offsets
     */
    int append(AuditBatch batch);

    /** The log as it was last stored. */
    TreeHead head();

    /**
     * What was signed last; empty where nothing was.
     *
     * @throws StoreUnavailableException if the session is over
     */
    Optional<SignedCheckpoint> lastCheckpoint();

    /**
     * The log as it was, calculated from what is stored now.
     *
     * @param size at most that of the log
     * @throws io.latchkey.audit.tlog.MissingHashException if a tile is missing that was there
     * @throws StoreUnavailableException if the session is over
     */
    TreeHead headAt(long size);

    /**
     * Keeps what was signed: none is kept for a log that a rival has grown meanwhile.
     *
     * @throws StoreUnavailableException if the session is over
     */
    void keep(SignedCheckpoint checkpoint);

    /**
     * Those that were kept and are not known to be published, oldest first.
     *
     * @throws StoreUnavailableException if the session is over
     */
    List<SignedCheckpoint> unpublished();

    /**
     * Notes that somebody outside has it.
     *
     * @throws StoreUnavailableException if the session is over
     */
    void setPublished(SignedCheckpoint checkpoint);

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
