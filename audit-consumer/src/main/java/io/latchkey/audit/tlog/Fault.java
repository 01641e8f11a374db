package io.latchkey.audit.tlog;

/**
 * Where a log is not what it should be.
 *
 * @param sequence of the first event that is concerned
 * @param what is wrong, for people
 */
public record Fault(long sequence, String what) {
    @Override
    public String toString() {
        return "event " + sequence + ": " + what;
    }
}
