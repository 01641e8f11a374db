package io.latchkey.audit.balance;

/**
 * How many links were accepted, and how many of them are in which state; each is in one. Accepted
 * is always the sum of the others.
 *
 * @param mailed a relay took the mail
 * @param abandoned given up, with a reason; a replay takes it back
 * @param suppressed nothing was to be mailed
 * @param revoked ended before it was mailed
 * @param inFlight none of these yet
 * @param oldestInFlightSeconds since the oldest of those was accepted; 0 where there is none
 */
public record Balance(
        long accepted,
        long mailed,
        long abandoned,
        long suppressed,
        long revoked,
        long inFlight,
        long oldestInFlightSeconds) {
    public Balance {
        if (accepted != mailed + abandoned + suppressed + revoked + inFlight) {
            throw new IllegalArgumentException("the books do not balance");
        }
    }
}
