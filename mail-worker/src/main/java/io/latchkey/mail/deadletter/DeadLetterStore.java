package io.latchkey.mail.deadletter;

import io.latchkey.events.EventId;
import java.util.List;
import java.util.Optional;

/** The dead letters of all workers. Calls may take seconds, and fail while Kafka is away. */
public interface DeadLetterStore {
    /**
     * Oldest ids first.
     *
     * @param after the last one seen; all where absent
     */
    List<DeadLetter> list(Optional<EventId> after, int atMost);

    /**
     * Sends orders on their way again: of any number of callers at once, one has an effect. All or
     * none of them. An administrator's act.
     */
    List<ReplayResult> replay(List<EventId> ids, String requestId);

    /** Whether there was one. An administrator's act. */
    boolean drop(EventId id, String requestId);

    /**
     * What no worker could read, newest first.
     *
     * @param atMost of each topic
     */
    List<PoisonRecord> poison(int atMost);
}
