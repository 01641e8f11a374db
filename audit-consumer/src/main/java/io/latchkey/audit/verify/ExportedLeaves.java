package io.latchkey.audit.verify;

import io.latchkey.audit.tlog.LogSource;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The leaves out of an export as plain JSON lines, whole or of the newer events; the tiles from
 * elsewhere. Read once, from the front.
 */
final class ExportedLeaves implements LogSource, AutoCloseable {
    private final LogSource tiles;
    private final long first;
    private final BufferedReader lines;

    /**
     * @param first sequence number of the first line
     */
    ExportedLeaves(LogSource tiles, Path export, long first) {
        this.tiles = tiles;
        this.first = first;
        try {
            // What is no UTF-8 is replaced: its hash is another one then.
            this.lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    Files.newInputStream(export), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + export, e);
        }
    }

    @Override
    public Optional<Tile> tile(TileAddress address, int width) {
        return tiles.tile(address, width);
    }

    @Override
    public List<byte[]> leaves(long index, int width) {
        var leaves = new ArrayList<byte[]>();
        for (int i = 0; i < width; i++) {
            var before = index * TileAddress.WIDTH + i < first;
            leaves.add(before ? new byte[0] : next());
        }
        return leaves;
    }

    private byte[] next() {
        try {
            var line = lines.readLine();
            return line == null ? new byte[0] : line.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the export", e);
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
