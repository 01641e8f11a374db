package io.latchkey.audit.retention;

/**
 * The oldest events that are in the database still, of one partition, all of them signed and older
 * than they are kept.
 *
 * @param first sequence number of the first
 * @param last sequence number of the last
 */
public record OldEvents(String partition, long first, long last) {
    public long count() {
        return last - first + 1;
    }
}
