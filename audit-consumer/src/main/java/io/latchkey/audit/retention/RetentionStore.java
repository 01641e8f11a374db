package io.latchkey.audit.retention;

import java.time.Duration;
import java.util.Optional;

/** Where events are that may become too old. Blocks. */
@FunctionalInterface
public interface RetentionStore {
    /** To work on it; empty where another process does. */
    Optional<RetentionSession> tryBegin(Duration keep);
}
