package io.latchkey.audit.verify;

import io.latchkey.audit.tlog.Checkpoint;
import io.latchkey.audit.tlog.Fault;
import io.latchkey.audit.tlog.LogSource;
import io.latchkey.audit.tlog.VerifierKey;
import io.latchkey.audit.tlog.VerifyLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code verify} checks a whole log and names the first event at which it is not what was signed.
 *
 * <ul>
 *   <li>{@code --url=URL} reads it from an audit-consumer, with the token in the environment
 *       variable {@code LATCHKEY_AUDIT_TOKEN}; {@code --dir=DIR} from files under the same names
 *       ({@code key}, {@code checkpoint}, {@code tile/…}), as {@code --save=DIR} writes them;
 *   <li>{@code --export=FILE} takes the events from an export as plain JSON lines, the first of
 *       which is event {@code --export-from=N};
 *   <li>{@code --key=KEY} is the verifier key; without it, the log's own word is taken;
 *   <li>{@code --checkpoint=FILE}, as often as wanted: checkpoints that were kept;
 *   <li>{@code --kept=DIR}: what was saved before, which tells the very event;
 *   <li>{@code --dropped-below=N}: events before that one are too old to be there.
 * </ul>
 */
public final class VerifyCommand {
    public static final String NAME = "verify";
    private static final int FAULTY = 1;
    private static final int UNUSABLE = 2;

    private final String token;

    /**
     * @param token that may read all events; empty where the log is read from files
     */
    public VerifyCommand(String token) {
        this.token = token;
    }

    /** Exit code 0 for a log without fault, 1 for one with, 2 where it cannot be checked. */
    @SuppressWarnings("SystemOut") // a command answers on standard output
    public int run(String... arguments) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            var options = new VerifyOptions(List.of(arguments).subList(1, arguments.length));
            var fault = verify(options, out);
            fault.ifPresent(err::println);
            return fault.isPresent() ? FAULTY : 0;
        } catch (IllegalArgumentException | UncheckedIOException | IOException e) {
            err.println(e.getMessage());
            return UNUSABLE;
        }
    }

    private Optional<Fault> verify(VerifyOptions options, PrintWriter out) throws IOException {
        var url = options.url();
        if (url.isPresent()) {
            try (var log = new HttpLog(url.get(), token)) {
                return verify(options, log, log.key(), log.checkpoint(), out);
            }
        }
        var directory = options.directory("dir").orElseThrow();
        return verify(
                options,
                new LogFiles(directory),
                text(directory.resolve("key")).strip(),
                text(directory.resolve("checkpoint")),
                out);
    }

    private static Optional<Fault> verify(
            VerifyOptions options, LogSource log, String ownKey, String note, PrintWriter out)
            throws IOException {
        var key = VerifierKey.parse(options.text("key").orElse(ownKey));
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.open(note, key);
        } catch (IllegalArgumentException e) {
            return Optional.of(new Fault(0, "the log's checkpoint: " + e.getMessage()));
        }
        var earlier = new ArrayList<Checkpoint>();
        for (var file : options.texts("checkpoint")) {
            earlier.add(Checkpoint.open(text(Path.of(file)), key));
        }
        var source = saving(options, log, key, note);
        var fault =
                options.directory("export").isPresent()
                        ? verifyExport(options, source, checkpoint, earlier)
                        : verify(options, source, checkpoint, earlier);
        if (fault.isEmpty()) {
            out.println(
                    "The log is whole: "
                            + checkpoint.size()
                            + " events, as signed by "
                            + key
                            + "; earlier checkpoints: "
                            + earlier.size()
                            + (options.text("key").isPresent()
                                    ? ""
                                    : "; whose key that is, was not checked (--key)"));
        }
        return fault;
    }

    private static LogSource saving(
            VerifyOptions options, LogSource log, VerifierKey key, String note) {
        options.directory("save").ifPresent(VerifyCommand::requireNew);
        var save = options.directory("save").map(LogFiles::new);
        save.ifPresent(
                files -> {
                    files.write("key", (key + "\n").getBytes(StandardCharsets.UTF_8));
                    files.write("checkpoint", note.getBytes(StandardCharsets.UTF_8));
                });
        return save.<LogSource>map(files -> new SavedLog(log, files)).orElse(log);
    }

    /** What was kept is not to be written over by what has to be compared with it. */
    private static void requireNew(Path directory) {
        if (Files.exists(directory.resolve("checkpoint"))) {
            throw new IllegalArgumentException(
                    "--save: a log is there already (expected: a new directory)");
        }
    }

    private static Optional<Fault> verifyExport(
            VerifyOptions options, LogSource log, Checkpoint checkpoint, List<Checkpoint> earlier)
            throws IOException {
        var file = options.directory("export").orElseThrow();
        try (var leaves = new ExportedLeaves(log, file, options.number("export-from"))) {
            return verify(options, leaves, checkpoint, earlier);
        }
    }

    private static Optional<Fault> verify(
            VerifyOptions options, LogSource log, Checkpoint checkpoint, List<Checkpoint> earlier) {
        var kept = options.directory("kept").map(LogFiles::new).orElse(null);
        var droppedBelow = Math.max(options.number("dropped-below"), options.number("export-from"));
        return new VerifyLog(log, kept, droppedBelow).verify(checkpoint, earlier);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }
}
