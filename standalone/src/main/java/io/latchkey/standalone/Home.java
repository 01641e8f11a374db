package io.latchkey.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The data directory of one standalone: database, log segments, keys, logs. Only its owner may look
 * inside, and only one process at a time uses it; the lock ends with the process, however it ends.
 */
final class Home implements AutoCloseable {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final String OWNER_ONLY = "rwx------";

    private final Path directory;
    private final FileLock lock;

    private Home(Path directory, FileLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Creates the directory where it is missing, and locks it.
     *
     * @throws StartFailure if another process uses it, or it cannot be written
     */
    static Home open(Path path) {
        var directory = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(directory, mode(OWNER_ONLY));
            if (POSIX) {
                // One that was there before may be open to others.
                Files.setPosixFilePermissions(
                        directory, PosixFilePermissions.fromString(OWNER_ONLY));
            }
            var channel =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            var lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartFailure(directory + " is in use by another standalone");
            }
            return new Home(directory, lock);
        } catch (IOException e) {
            throw new StartFailure(directory + " cannot be used as LATCHKEY_HOME: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** Replaces a file as a whole: a reader sees the old text or the new one. Mode 0600. */
    void write(String name, String text) {
        var target = resolve(name);
        var draft = resolve(name + ".new");
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, mode("rw-------"));
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.write(StandardCharsets.UTF_8.encode(text));
                channel.force(true);
            }
            Files.move(
                    draft,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileAttribute<?>[] mode(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() throws IOException {
        lock.acquiredBy().close();
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
