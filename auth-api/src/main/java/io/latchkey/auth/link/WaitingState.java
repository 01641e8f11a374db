package io.latchkey.auth.link;

import java.util.Locale;

/**
 * How a link looks to whoever waits for its mail. Says nothing about accounts (S11): a link whose
 * mail is suppressed looks like one whose mail takes as long as others' mails took.
 */
public enum WaitingState {
    QUEUED,
    HANDED_OVER,
    /** Given up or bounced, or not tried since mails to the address have bounced. */
    UNDELIVERABLE,
    /** By button or code, or another link of the address was. */
    USED,
    EXPIRED,
    /** Withdrawn, or too many codes were wrong. */
    ENDED;

    /** Whether nothing can follow. */
    public boolean isLast() {
        return this == USED || this == EXPIRED || this == ENDED;
    }

    /** Whether a code can still be typed. */
    public boolean takesCodes() {
        return !isLast();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
