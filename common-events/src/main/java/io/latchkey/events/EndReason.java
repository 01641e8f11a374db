package io.latchkey.events;

import java.util.Locale;

/** Why a session ended. */
public enum EndReason {
    SIGNED_OUT,
    REVOKED,
    /** A refresh token was used again after its ten seconds. */
    REFRESH_REUSE,
    /** Its authorization code was redeemed a second time. */
    CODE_REUSE,
    EXPIRED,
    USER_DELETED,
    USER_BLOCKED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
