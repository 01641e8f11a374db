package io.latchkey.audit.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text and who signed it.
 *
 * @param text lines, each with its end; no control characters
 * @param signatures 1 to {@value #MAX_SIGNATURES} lines
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    static final int MAX_SIGNATURES = 100;
    private static final int MAX_LENGTH = 1_000_000;
    private static final String SEPARATOR = "\n\n";

    public SignedNote {
        requireNoteText(text);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "signatures: " + signatures.size() + " (expected: 1 to 100)");
        }
        signatures = List.copyOf(signatures);
    }

    private static void requireNoteText(String text) {
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new IllegalArgumentException("text: no lines without control characters");
        }
    }

    /**
     * Reads what {@link #toString} gave.
     *
     * @throws IllegalArgumentException if it is no signed note
     */
    public static SignedNote parse(String note) {
        var separator = note.lastIndexOf(SEPARATOR);
        if (separator < 0 || !note.endsWith("\n") || note.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("no signed note");
        }
        var signatures = new ArrayList<NoteSignature>();
        note.substring(separator + SEPARATOR.length())
                .lines()
                .forEach(line -> signatures.add(NoteSignature.parse(line)));
        return new SignedNote(note.substring(0, separator + 1), signatures);
    }

    /** The text, if a key that is trusted signed it; signatures by others do not count. */
    public Optional<String> textSignedBy(VerifierKey key) {
        var bySame = signatures.stream().filter(key::isNamedBy).toList();
        return bySame.size() == 1 && key.verifies(text, bySame.getFirst())
                ? Optional.of(text)
                : Optional.empty();
    }

    @Override
    public String toString() {
        var note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature).append('\n'));
        return note.toString();
    }
}
