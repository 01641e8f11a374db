package io.latchkey.audit.retention;

import io.latchkey.audit.tlog.TreeHash;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One process's work on old events; no other has one meanwhile. Blocks. */
public interface RetentionSession extends AutoCloseable {
    /** What is to go next; empty where all that is there is to be kept. */
    Optional<OldEvents> oldest();

    /** Takes one event after another. */
    @FunctionalInterface
    interface Leaves {
        void take(byte[] leaf) throws IOException;
    }

    /** Reads all of them, in their order. */
    void read(OldEvents events, Leaves leaves) throws IOException;

    /**
     * The hashes of some leaves, as the tree has them; fewer where it has not.
     *
     * @param from a multiple of 256
     */
    List<TreeHash> hashes(long from, int count);

    /** Removes the events, and notes in which file they are, both or neither. */
    void drop(OldEvents events, ArchiveFile file);

    @Override
    void close();
}
