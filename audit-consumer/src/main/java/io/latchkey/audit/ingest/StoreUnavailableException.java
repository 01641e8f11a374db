package io.latchkey.audit.ingest;

import org.jspecify.annotations.Nullable;

/** The right to append, or the database itself, is gone: start over from what is stored. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
