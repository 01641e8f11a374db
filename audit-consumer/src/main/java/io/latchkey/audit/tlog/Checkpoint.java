package io.latchkey.audit.tlog;

import java.util.List;

/**
 * What the log was at a time: whoever keeps one can tell later that nothing of it was changed.
 *
 * @param origin name of the log
 * @param size in leaves
 * @param root of the tree over them
 * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>
 */
public record Checkpoint(String origin, long size, TreeHash root) {
    private static final int LINES = 3;

    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n") || size < 0) {
            throw new IllegalArgumentException("checkpoint: no origin, or no size");
        }
    }

    /**
     * Reads what {@link #text} gave; further lines are extensions, which mean nothing here.
     *
     * @throws IllegalArgumentException if it is no checkpoint
     */
    public static Checkpoint parse(String text) {
        var lines = List.of(text.split("\n", -1));
        if (lines.size() <= LINES || !lines.getLast().isEmpty()) {
            throw new IllegalArgumentException("no checkpoint (expected: three lines)");
        }
        var checkpoint =
                new Checkpoint(lines.get(0), size(lines.get(1)), TreeHash.parse(lines.get(2)));
        if (!text.startsWith(checkpoint.text())) {
            throw new IllegalArgumentException("checkpoint of no canonical form");
        }
        return checkpoint;
    }

    private static long size(String line) {
        try {
            return Long.parseLong(line);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("checkpoint: its size is no number");
        }
    }

    /**
     * Reads a note.
     *
     * @throws IllegalArgumentException if this key did not sign it, or it is no checkpoint of the
     *     key's log
     */
    public static Checkpoint open(String note, VerifierKey key) {
        var text = SignedNote.parse(note).textSignedBy(key);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("not signed by " + key.name());
        }
        var checkpoint = parse(text.get());
        if (!checkpoint.origin().equals(key.name())) {
            throw new IllegalArgumentException("checkpoint of another log");
        }
        return checkpoint;
    }

    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }
}
