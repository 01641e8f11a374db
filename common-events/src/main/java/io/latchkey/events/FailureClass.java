package io.latchkey.events;

import java.util.Locale;

/** What a failed hand-over to a relay means for the next attempt. */
public enum FailureClass {
    /** 4xx, refused, timed out before the mail was given over: try again. */
    TRANSIENT,
    /** 5xx: give up. */
    PERMANENT,
    /** Silence after the mail was given over: it may have been taken. */
    AMBIGUOUS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
