package io.latchkey.mail.deadletter;

/** What became of the wish to try an order again. */
public enum ReplayResult {
    /** It is on its way. */
    REQUEUED,

    /** Its delivery time is over: it stays a dead letter. */
    TOO_LATE,

    /** There is none; another call may have been first. */
    UNKNOWN
}
