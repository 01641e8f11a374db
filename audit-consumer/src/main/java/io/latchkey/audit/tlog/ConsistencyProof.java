package io.latchkey.audit.tlog;

import java.util.ArrayList;
import java.util.List;

/**
 * That a tree begins with all leaves of a smaller one.
 *
 * @param smaller size of that one; 1 to the size of the larger
 * @param larger size of the other
 * @param hashes in the order of RFC 6962
 */
public record ConsistencyProof(long smaller, long larger, List<TreeHash> hashes) {
    public ConsistencyProof {
        if (smaller < 1 || smaller > larger) {
            throw new IllegalArgumentException(
                    "size: " + smaller + " (expected: 1 to " + larger + ")");
        }
        hashes = List.copyOf(hashes);
    }

    /**
     * Whether these are the roots of two trees of which the larger begins with the smaller.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc9162#section-2.1.4.2">RFC 9162
     *     §2.1.4.2</a>
     */
    public boolean connects(TreeHash smallerRoot, TreeHash largerRoot) {
        if (smaller == larger) {
            return hashes.isEmpty() && smallerRoot.equals(largerRoot);
        }
        var path = new ArrayList<TreeHash>(hashes.size() + 1);
        if (Long.bitCount(smaller) == 1) {
            path.add(smallerRoot);
        }
        path.addAll(hashes);
        return !path.isEmpty() && climb(path, smallerRoot, largerRoot);
    }

    private boolean climb(List<TreeHash> path, TreeHash smallerRoot, TreeHash largerRoot) {
        var node = (smaller - 1) >> Long.numberOfTrailingZeros(~(smaller - 1));
        var last = (larger - 1) >> Long.numberOfTrailingZeros(~(smaller - 1));
        var ofSmaller = path.getFirst();
        var ofLarger = path.getFirst();
        for (var neighbour : path.subList(1, path.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                ofSmaller = TreeHash.ofNode(neighbour, ofSmaller);
                ofLarger = TreeHash.ofNode(neighbour, ofLarger);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                ofLarger = TreeHash.ofNode(ofLarger, neighbour);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && ofSmaller.equals(smallerRoot) && ofLarger.equals(largerRoot);
    }
}
