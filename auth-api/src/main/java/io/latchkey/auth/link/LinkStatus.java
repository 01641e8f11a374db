package io.latchkey.auth.link;

import java.util.Locale;

/** Where a link stands in its life, as the contract spells it. */
public enum LinkStatus {
    /** Durably accepted, not mailed yet. */
    ACCEPTED,
    /** Accepted, and nothing is mailed. */
    SUPPRESSED,
    MAILED,
    CONFIRMED,
    EXCHANGED,
    EXPIRED,
    REVOKED,
    /** The mail was given up; should it have arrived after all, the link works until its end. */
    FAILED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
