package io.latchkey.audit.tlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Trees small enough to be calculated by the very definition. */
final class TestTrees {
    private TestTrees() {}

    static List<TreeHash> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> TreeHash.ofLeaf(("leaf " + n).getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** RFC 6962 §2.1, word by word. */
    static TreeHash root(List<TreeHash> leaves) {
        if (leaves.isEmpty()) {
            return TreeHash.ofNothing();
        }
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var k = Integer.highestOneBit(leaves.size() - 1);
        return TreeHash.ofNode(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
    }

    static MerkleTree tree(List<TreeHash> leaves) {
        return new MerkleTree(leaves.size(), new TiledHashes(tiles(leaves, leaves.size())));
    }

    /** All tiles, grown by so many leaves at a time. */
    static List<Tile> tiles(List<TreeHash> leaves, int atATime) {
        var edge = new TreeEdge();
        Map<TileAddress, Tile> tiles = new HashMap<>();
        for (int from = 0; from < leaves.size(); from += atATime) {
            var to = Math.min(leaves.size(), from + atATime);
            edge.append(leaves.subList(from, to)).forEach(tile -> tiles.put(tile.address(), tile));
        }
        return new ArrayList<>(tiles.values());
    }
}
