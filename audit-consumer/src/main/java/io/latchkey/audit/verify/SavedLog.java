package io.latchkey.audit.verify;

import io.latchkey.audit.tlog.LogSource;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import java.util.List;
import java.util.Optional;

/** Keeps as files what is read. */
final class SavedLog implements LogSource {
    private final LogSource log;
    private final LogFiles files;

    SavedLog(LogSource log, LogFiles files) {
        this.log = log;
        this.files = files;
    }

    @Override
    public Optional<Tile> tile(TileAddress address, int width) {
        var tile = log.tile(address, width);
        tile.filter(each -> each.hashes().size() >= width)
                .ifPresent(each -> files.write(each, width));
        return tile;
    }

    @Override
    public List<byte[]> leaves(long index, int width) {
        var leaves = log.leaves(index, width);
        if (leaves.size() == width) {
            files.write(index, width, leaves);
        }
        return leaves;
    }
}
