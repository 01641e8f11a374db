package io.latchkey.audit.tlog;

import java.util.List;
import java.util.Optional;

/** A log to be checked, wherever it is. Trusted in nothing. */
public interface LogSource {
    /**
     * @param width how many hashes it must have
     * @throws java.io.UncheckedIOException if the source cannot be read
     */
    Optional<Tile> tile(TileAddress address, int width);

    /**
     * The leaves of one tile of level 0; fewer than wanted where they are not there.
     *
     * @param index of that tile
     * @param width how many leaves there must be
     * @throws java.io.UncheckedIOException if the source cannot be read
     */
    List<byte[]> leaves(long index, int width);
}
