package io.latchkey.audit.ingest;

/** Takes checkpoints to where the database's owner cannot take them back. */
@FunctionalInterface
public interface CheckpointRelay {
    /** Returns when it is there; an exception where that is not sure. */
    void publish(SignedCheckpoint checkpoint);
}
