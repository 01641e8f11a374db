package io.latchkey.events.wire;

import org.jspecify.annotations.Nullable;

/**
 * A record is none of ours, or not as its type says. Reading it again will not help. Neither reason
 * nor message repeats anything of the record's content, which may hold an address; and there is no
 * cause, as a parser's words would.
 */
public final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    /**
     * @param reason stable words for the {@code reason} header
     * @param place the field or attribute at fault, by our name for it
     */
    UnreadableEventException(String reason, @Nullable String place) {
        super(place == null ? reason : reason + ": " + place);
        this.reason = reason;
    }

    /** For the {@code reason} header of the dead-letter topic. */
    public String reason() {
        return reason;
    }
}
