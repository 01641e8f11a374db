package io.latchkey.events.wire;

import org.jspecify.annotations.Nullable;

/** A record is none of ours, or not as its type says. Reading it again will not help. */
public final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason stable words for the {@code reason} header; no content of the record
     */
    UnreadableEventException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /** For the {@code reason} header of the dead-letter topic. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
