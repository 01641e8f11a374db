package io.latchkey.audit.tlog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The right edge of a growing tree: for each level the hashes that do not fill a tile yet. That is
 * all one must know to append, and to tell the root. Used by one thread.
 */
public final class TreeEdge {
    private final List<List<TreeHash>> levels = new ArrayList<>();
    private long size;

    /** Of a tree without leaves. */
    public TreeEdge() {}

    /** Which tiles hold the edge of a tree. */
    public static List<TileAddress> tiles(long treeSize) {
        var addresses = new ArrayList<TileAddress>();
        for (int level = 0; treeSize >> (TileAddress.HEIGHT * level) > 0; level++) {
            var hashes = treeSize >> (TileAddress.HEIGHT * level);
            if (hashes % TileAddress.WIDTH != 0) {
                addresses.add(new TileAddress(level, hashes / TileAddress.WIDTH));
            }
        }
        return addresses;
    }

    /**
     * @param tiles those that {@link #tiles} names; they may be longer than the tree was then
     * @throws MissingHashException if one is not there or too short
     */
    public static TreeEdge of(long treeSize, Collection<Tile> tiles) {
        var edge = new TreeEdge();
        edge.size = treeSize;
        for (var address : tiles(treeSize)) {
            var width = address.width(treeSize);
            var tile =
                    tiles.stream()
                            .filter(each -> each.address().equals(address))
                            .filter(each -> each.hashes().size() >= width)
                            .findFirst()
                            .orElseThrow(() -> new MissingHashException(address));
            edge.level(address.level()).addAll(tile.hashes().subList(0, width));
        }
        return edge;
    }

    private List<TreeHash> level(int level) {
        while (levels.size() <= level) {
            levels.add(new ArrayList<>());
        }
        return levels.get(level);
    }

    /**
     * Grows the tree.
     *
     * @return all tiles that are new or longer now
     */
    public Collection<Tile> append(List<TreeHash> leaves) {
        var changed = new LinkedHashMap<TileAddress, Tile>();
        var touched = 0;
        for (var leaf : leaves) {
            touched = Math.max(touched, add(0, leaf, changed));
            size++;
        }
        for (int level = 0; level <= touched && level < levels.size(); level++) {
            var hashes = levels.get(level);
            if (!hashes.isEmpty() && !leaves.isEmpty()) {
                var tile = new Tile(address(level, hashes.size()), hashes);
                changed.put(tile.address(), tile);
            }
        }
        return changed.values();
    }

    /**
     * @return the highest level that has one more hash now
     */
    private int add(int level, TreeHash hash, Map<TileAddress, Tile> changed) {
        var hashes = level(level);
        hashes.add(hash);
        if (hashes.size() < TileAddress.WIDTH) {
            return level;
        }
        var index = size >> (TileAddress.HEIGHT * (level + 1));
        var full = new Tile(new TileAddress(level, index), hashes);
        changed.put(full.address(), full);
        hashes.clear();
        return add(level + 1, full.root(), changed);
    }

    private TileAddress address(int level, int width) {
        var hashes = size >> (TileAddress.HEIGHT * level);
        return new TileAddress(level, (hashes - width) / TileAddress.WIDTH);
    }

    /** The same, to be grown apart from this one. */
    public TreeEdge copy() {
        var copy = new TreeEdge();
        copy.size = size;
        levels.forEach(hashes -> copy.levels.add(new ArrayList<>(hashes)));
        return copy;
    }

    public TreeHead head() {
        return new TreeHead(size, root());
    }

    private TreeHash root() {
        TreeHash root = null;
        for (var hashes : levels) {
            root = fold(hashes, root);
        }
        return root == null ? TreeHash.ofNothing() : root;
    }

    /** The full parts of a level, the smallest first, with what is right of them. */
    private static @Nullable TreeHash fold(List<TreeHash> hashes, @Nullable TreeHash right) {
        var root = right;
        var end = hashes.size();
        while (end > 0) {
            var width = Integer.lowestOneBit(end);
            var part = Tile.fold(hashes.subList(end - width, end));
            root = root == null ? part : TreeHash.ofNode(part, root);
            end -= width;
        }
        return root;
    }
}
