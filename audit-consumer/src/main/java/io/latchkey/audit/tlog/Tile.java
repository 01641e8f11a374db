package io.latchkey.audit.tlog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hashes beside each other on one level of the tree.
 *
 * @param hashes 1 to {@value TileAddress#WIDTH}; fewer only at the tree's right edge
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
public record Tile(TileAddress address, List<TreeHash> hashes) {
    public Tile {
        if (hashes.isEmpty() || hashes.size() > TileAddress.WIDTH) {
            throw new IllegalArgumentException(
                    "tile: " + hashes.size() + " hashes (expected: 1 to 256)");
        }
        hashes = List.copyOf(hashes);
    }

    /**
     * Reads what {@link #bytes} gave.
     *
     * @throws IllegalArgumentException if these are not whole hashes, 1 to 256
     */
    public static Tile of(TileAddress address, byte[] bytes) {
        if (bytes.length % TreeHash.LENGTH != 0) {
            throw new IllegalArgumentException("tile: " + bytes.length + " bytes");
        }
        var hashes = new ArrayList<TreeHash>();
        for (int at = 0; at < bytes.length; at += TreeHash.LENGTH) {
            hashes.add(TreeHash.of(Arrays.copyOfRange(bytes, at, at + TreeHash.LENGTH)));
        }
        return new Tile(address, hashes);
    }

    /** As it is served: the hashes one after the other. */
    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream(hashes.size() * TreeHash.LENGTH);
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    /**
     * The hash of a part of the tree that is within this tile.
     *
     * @throws MissingHashException if the tile is too short
     */
    TreeHash hash(Subtree part) {
        var leaves = 1 << (part.level() % TileAddress.HEIGHT);
        var first = (int) (part.index() * leaves % TileAddress.WIDTH);
        if (first + leaves > hashes.size()) {
            throw new MissingHashException(address);
        }
        return fold(hashes.subList(first, first + leaves));
    }

    /** Of a full tile: the hash that stands for it one level above. */
    TreeHash root() {
        return fold(hashes);
    }

    static TreeHash fold(List<TreeHash> powerOfTwo) {
        var level = powerOfTwo;
        while (level.size() > 1) {
            var above = new ArrayList<TreeHash>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) {
                above.add(TreeHash.ofNode(level.get(i), level.get(i + 1)));
            }
            level = above;
        }
        return level.getFirst();
    }
}
