package io.latchkey.audit.ingest;

import java.util.Optional;

/** The trail, as the one who writes it sees it. */
public interface AuditStore {
    /**
     * Becomes the one appender, unless another process is it.
     *
     * @throws StoreUnavailableException if the database cannot be reached
     */
    Optional<AppendSession> tryBecomeAppender();
}
