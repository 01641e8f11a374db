package io.latchkey.mail.relay;

import java.util.Locale;

/** Why a hand-over failed. */
public enum FailureReason {
    /** The relay will never take this mail. */
    REFUSED,

    /** The address needs RFC 6531, and the relay has no SMTPUTF8. */
    SMTPUTF8_UNSUPPORTED,

    /** The relay does not take this mail now. */
    DEFERRED,
    RELAY_UNREACHABLE,

    /** It was reached, and hung up or said that it serves nobody now. */
    RELAY_UNREADY,
    RELAY_TLS,

    /** It does not let us in. */
    RELAY_AUTHENTICATION,
    RELAY_TIMEOUT,

    /** It hung up with the mail under way, but surely not taken. */
    RELAY_LOST,

    /** It may have the mail. */
    UNANSWERED,

    /** A fault of ours. */
    INTERNAL_ERROR;

    /** Says something of the relay, whatever the mail. */
    boolean isOfRelay() {
        return this == RELAY_UNREACHABLE
                || this == RELAY_UNREADY
                || this == RELAY_TLS
                || this == RELAY_AUTHENTICATION;
    }

    /** May lie with the relay, or with the domain that the mail goes to. */
    boolean mayBeOfRelay() {
        return this == RELAY_TIMEOUT || this == RELAY_LOST || this == UNANSWERED;
    }

    /** As events have it: a stable word in snake case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
