package io.latchkey.events;

import java.util.Locale;

/** What ended a link before its time. */
public enum RevokedBy {
    /** The app, by its API. */
    APP,
    /** Another link of the same address and app was used. */
    SIBLING,
    /** Five wrong codes, or five wrong verifiers. */
    CODES,
    /** A change of the user's address or status. */
    USER_CHANGED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
