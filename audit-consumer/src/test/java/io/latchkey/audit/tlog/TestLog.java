package io.latchkey.audit.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log in memory, open to whoever wants to change it. */
final class TestLog implements LogSource {
    final List<byte[]> leaves = new ArrayList<>();
    final Map<TileAddress, List<TreeHash>> tiles = new HashMap<>();

    static TestLog of(int size) {
        var log = new TestLog();
        for (int n = 0; n < size; n++) {
            log.leaves.add(leaf(n, "event " + n));
        }
        log.rehash();
        return log;
    }

    static byte[] leaf(long sequence, String text) {
        return ("{\"reason\":\"" + text + "\",\"sequence\":" + sequence + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** All tiles anew, as fits the leaves now. */
    void rehash() {
        tiles.clear();
        new TreeEdge()
                .append(leaves.stream().map(TreeHash::ofLeaf).toList())
                .forEach(tile -> tiles.put(tile.address(), new ArrayList<>(tile.hashes())));
    }

    /** Of the first leaves, as they are now. */
    Checkpoint checkpoint(int size) {
        var edge = new TreeEdge();
        edge.append(leaves.subList(0, size).stream().map(TreeHash::ofLeaf).toList());
        return new Checkpoint("log", size, edge.head().root());
    }

    List<TreeHash> tile(int level, long index) {
        return tiles.get(new TileAddress(level, index));
    }

    @Override
    public Optional<Tile> tile(TileAddress address, int width) {
        return Optional.ofNullable(tiles.get(address))
                .filter(hashes -> !hashes.isEmpty())
                .map(hashes -> new Tile(address, hashes));
    }

    @Override
    public List<byte[]> leaves(long index, int width) {
        var from = (int) Math.min(leaves.size(), index * TileAddress.WIDTH);
        return leaves.subList(from, Math.min(leaves.size(), from + width));
    }
}
