package io.latchkey.audit.retention;

import io.latchkey.audit.tlog.TileAddress;
import io.latchkey.audit.tlog.TreeHash;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The folder of old events. A file has its name once it is whole, checked and on the disk. */
final class Archive {
    private static final int BUFFER = 1 << 16;

    private final Path folder;

    Archive(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the events, unless they are there already, and reads them back: every one of them is
     * what the tree has the hash of.
     *
     * @throws IOException if they cannot be written, or are not what was hashed
     */
    ArchiveFile keep(OldEvents events, RetentionSession session) throws IOException {
        var name = "events-%012d-%012d.ndjson.gz".formatted(events.first(), events.last());
        var file = folder.resolve(name);
        if (Files.exists(file)) {
            return new ArchiveFile(name, check(file, events, session));
        }
        var unfinished = folder.resolve(name + ".part");
        write(unfinished, events, session);
        var sha256 = check(unfinished, events, session);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder)) {
            directory.force(true);
        }
        return new ArchiveFile(name, sha256);
    }

    /** Anew: a process that was given up on may still hold the one from before. */
    private void write(Path unfinished, OldEvents events, RetentionSession session)
            throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(unfinished);
        try (var channel =
                FileChannel.open(
                        unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            // Closed by itself alone: the channel is to be forced after it.
            var lines =
                    new GZIPOutputStream(
                            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
            session.read(
                    events,
                    leaf -> {
                        lines.write(leaf);
                        lines.write('\n');
                    });
            lines.finish();
            lines.flush();
            channel.force(true);
        }
    }

    private static String check(Path file, OldEvents events, RetentionSession session)
            throws IOException {
        var digest = sha256();
        try (var raw = new DigestInputStream(Files.newInputStream(file), digest);
                var lines = new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER)) {
            for (var from = events.first(); from <= events.last(); from += TileAddress.WIDTH) {
                var count = (int) Math.min(TileAddress.WIDTH, events.last() - from + 1);
                checkTile(file, from, session.hashes(from, count), count, lines);
            }
            if (lines.read() >= 0) {
                throw new IOException(file + " holds more than it should");
            }
            raw.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void checkTile(
            Path file, long from, List<TreeHash> hashes, int count, InputStream lines)
            throws IOException {
        for (int i = 0; i < count; i++) {
            if (i >= hashes.size() || !TreeHash.ofLeaf(line(lines)).equals(hashes.get(i))) {
                throw new IOException(
                        file
                                + ": event "
                                + (from + i)
                                + " is not what was hashed; nothing is dropped");
            }
        }
    }

    private static byte[] line(InputStream lines) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = lines.read(); read >= 0 && read != '\n'; read = lines.read()) {
            line.write(read);
        }
        return line.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
