package io.latchkey.audit.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree over the first leaves of the log: its root, and proofs of what is in it.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6962#section-2.1">RFC 6962 §2.1</a>
 */
public final class MerkleTree {
    private final long size;
    private final HashSource hashes;

    /**
     * @param size in leaves, 0 or more
     */
    public MerkleTree(long size, HashSource hashes) {
        if (size < 0) {
            throw new IllegalArgumentException("size: " + size + " (expected: 0 or more)");
        }
        this.size = size;
        this.hashes = hashes;
    }

    public TreeHash root() {
        return size == 0 ? TreeHash.ofNothing() : hash(0, size);
    }

    /**
     * That this leaf is in the tree.
     *
     * @param index of the leaf, below the size
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6962#section-2.1.1">RFC 6962
     *     §2.1.1</a>
     */
    public InclusionProof inclusion(long index) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "leaf: " + index + " (expected: below " + size + ")");
        }
        var path = new ArrayList<TreeHash>();
        path(index, 0, size, path);
        return new InclusionProof(index, size, path);
    }

    private void path(long index, long from, long to, List<TreeHash> path) {
        if (to - from == 1) {
            return;
        }
        var middle = from + leftPart(to - from);
        if (index < middle) {
            path(index, from, middle, path);
            path.add(hash(middle, to));
        } else {
            path(index, middle, to, path);
            path.add(hash(from, middle));
        }
    }

    /**
     * That this tree begins with the leaves of a smaller one.
     *
     * @param smaller size of that one; 1 to the size of this
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc6962#section-2.1.2">RFC 6962
     *     §2.1.2</a>
     */
    public ConsistencyProof consistency(long smaller) {
        if (smaller < 1 || smaller > size) {
            throw new IllegalArgumentException(
                    "size: " + smaller + " (expected: 1 to " + size + ")");
        }
        var path = new ArrayList<TreeHash>();
        consistency(smaller, 0, size, true, path);
        return new ConsistencyProof(smaller, size, path);
    }

    /**
     * @param known whether the part from {@code from} on is the whole smaller tree, whose root the
     *     verifier has
     */
    private void consistency(long smaller, long from, long to, boolean known, List<TreeHash> path) {
        if (smaller == to - from) {
            if (!known) {
                path.add(hash(from, to));
            }
            return;
        }
        var left = leftPart(to - from);
        if (smaller <= left) {
            consistency(smaller, from, from + left, known, path);
            path.add(hash(from + left, to));
        } else {
            consistency(smaller - left, from + left, to, false, path);
            path.add(hash(from, from + left));
        }
    }

    /** Of the leaves from one up to, not including, another. */
    private TreeHash hash(long from, long to) {
        var leaves = to - from;
        if (Long.bitCount(leaves) == 1) {
            return hashes.of(new Subtree(Long.numberOfTrailingZeros(leaves), from / leaves));
        }
        var middle = from + leftPart(leaves);
        return TreeHash.ofNode(hash(from, middle), hash(middle, to));
    }

    /** The largest power of two below. */
    private static long leftPart(long leaves) {
        return Long.highestOneBit(leaves - 1);
    }
}
