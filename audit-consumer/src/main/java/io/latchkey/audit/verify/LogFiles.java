package io.latchkey.audit.verify;

import io.latchkey.audit.tlog.EntryBundle;
import io.latchkey.audit.tlog.LogSource;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A log as files, under the names by which it is served. */
final class LogFiles implements LogSource {
    private final Path directory;

    LogFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<Tile> tile(TileAddress address, int width) {
        try {
            return read("tile/" + address.path(), width).map(bytes -> Tile.of(address, bytes));
        } catch (IllegalArgumentException _) {
            // No whole hashes
            return Optional.empty();
        }
    }

    @Override
    public List<byte[]> leaves(long index, int width) {
        try {
            return read("tile/entries/" + TileAddress.indexPath(index), width)
                    .map(EntryBundle::decode)
                    .orElse(List.of());
        } catch (IllegalArgumentException _) {
            return List.of();
        }
    }

    /** The full one, or else the longest that is there, if it is wide enough. */
    private Optional<byte[]> read(String path, int width) {
        try {
            var file = directory.resolve(path);
            for (int w = TileAddress.WIDTH - 1; !Files.exists(file) && w >= width; w--) {
                var shorter = directory.resolve(path + ".p/" + w);
                if (Files.exists(shorter)) {
                    file = shorter;
                }
            }
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + directory, e);
        }
    }

    /** Written as it is served for this width. */
    void write(Tile tile, int width) {
        write(
                "tile/" + named(tile.address().path(), width),
                new Tile(tile.address(), tile.hashes().subList(0, width)).bytes());
    }

    void write(long index, int width, List<byte[]> leaves) {
        write(
                "tile/entries/" + named(TileAddress.indexPath(index), width),
                EntryBundle.encode(leaves));
    }

    void write(String path, byte[] bytes) {
        var file = directory.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + directory, e);
        }
    }

    private static String named(String path, int width) {
        return HttpLog.named(path, width);
    }
}
