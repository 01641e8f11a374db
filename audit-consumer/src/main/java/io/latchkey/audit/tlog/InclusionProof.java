package io.latchkey.audit.tlog;

import java.util.List;
import java.util.Optional;

/**
 * That a leaf is at its place in a tree.
 *
 * @param index of the leaf, from 0
 * @param treeSize of the tree, above the index
 * @param hashes of the neighbours on the way from the leaf to the root
 */
public record InclusionProof(long index, long treeSize, List<TreeHash> hashes) {
    public InclusionProof {
        if (index < 0 || index >= treeSize) {
            throw new IllegalArgumentException(
                    "leaf: " + index + " (expected: below " + treeSize + ")");
        }
        hashes = List.copyOf(hashes);
    }

    /**
     * The root of the tree that has the leaf at its place; empty where the proof fits no tree of
     * this size.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc9162#section-2.1.3.2">RFC 9162
     *     §2.1.3.2</a>
     */
    public Optional<TreeHash> root(TreeHash leaf) {
        var node = index;
        var last = treeSize - 1;
        var root = leaf;
        for (var neighbour : hashes) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((node & 1) == 1 || node == last) {
                root = TreeHash.ofNode(neighbour, root);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                root = TreeHash.ofNode(root, neighbour);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(root) : Optional.empty();
    }
}
