package io.latchkey.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two standalones of a machine that start at the same instant from choosing the same port:
 * between choosing and listening, a locked file says whose it is, for as long as the process lives.
 */
final class PortReservation {
    private static final Map<Integer, FileChannel> HELD = new ConcurrentHashMap<>();

    private PortReservation() {}

    /** False where another process has it; this one may take it again. */
    static boolean take(int port) {
        if (HELD.containsKey(port)) {
            return true;
        }
        try {
            var channel =
                    FileChannel.open(
                            file(port), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                return false;
            }
            HELD.put(port, channel);
            return true;
        } catch (IOException e) {
            // No place for such files, or another user's of an earlier start: listening will tell.
            return true;
        }
    }

    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Being taken by this process at this moment.
            return false;
        } catch (IOException e) {
            // No locks there.
            return true;
        }
    }

    static Path file(int port) {
        return Path.of(System.getProperty("java.io.tmpdir"), "latchkey-port-" + port);
    }

    /** Gives back what was taken but cannot be used. */
    static void release(int port) {
        var channel = HELD.remove(port);
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new StartFailure("port " + port + " could not be given back", e);
        }
    }
}
