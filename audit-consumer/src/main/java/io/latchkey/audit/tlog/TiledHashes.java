package io.latchkey.audit.tlog;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The hashes of a tree, out of its tiles. */
public final class TiledHashes implements HashSource {
    private final Map<TileAddress, Tile> tiles;

    public TiledHashes(Collection<Tile> tiles) {
        this.tiles = tiles.stream().collect(Collectors.toMap(Tile::address, Function.identity()));
    }

    @Override
    public TreeHash of(Subtree part) {
        var address = TileAddress.of(part);
        var tile = tiles.get(address);
        if (tile == null) {
            throw new MissingHashException(address);
        }
        return tile.hash(part);
    }

    /**
     * Which tiles a calculation reads, so that they can be fetched together. It is run once, on
     * hashes that mean nothing.
     */
    public static Set<TileAddress> neededBy(long treeSize, Consumer<MerkleTree> calculation) {
        var needed = new LinkedHashSet<TileAddress>();
        calculation.accept(
                new MerkleTree(
                        treeSize,
                        part -> {
                            needed.add(TileAddress.of(part));
                            return TreeHash.ofNothing();
                        }));
        return needed;
    }
}
