package io.latchkey.audit.retention;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Where events are that may become too old. Blocks. */
@FunctionalInterface
public interface RetentionStore {
    /**
     * To work on it; empty where another process does.
     *
     * @param keep since they were signed
     * @param webhooks names of those that are to be told of alerts first
     */
    Optional<RetentionSession> tryBegin(Duration keep, Set<String> webhooks);
}
