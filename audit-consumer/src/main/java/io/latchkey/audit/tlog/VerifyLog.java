package io.latchkey.audit.tlog;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole log, from its first event to its last, and finds the first place where it is not
 * what was signed: every event against its hash, every hash against the tree, the tree against the
 * checkpoint and against every earlier checkpoint that somebody kept.
 */
public final class VerifyLog {
    private final LogSource log;
    private final @Nullable LogSource kept;
    private final long droppedBelow;

    /**
     * @param kept tiles that somebody has from before, which tell the very event; null where there
     *     are none
     * @param droppedBelow events before this one may be missing: they are too old; their hashes may
     *     not
     */
    public VerifyLog(LogSource log, @Nullable LogSource kept, long droppedBelow) {
        this.log = log;
        this.kept = kept;
        this.droppedBelow = droppedBelow;
    }

    /**
     * The first fault; empty where there is none.
     *
     * @param checkpoint of the log, already found to be signed
     * @param earlier likewise, in any order
     */
    public Optional<Fault> verify(Checkpoint checkpoint, List<Checkpoint> earlier) {
        var known = new ArrayDeque<>(earlier.stream().sorted(BY_SIZE).toList());
        if (!known.isEmpty() && known.getLast().size() > checkpoint.size()) {
            return Optional.of(
                    new Fault(
                            checkpoint.size(),
                            "cut off: a checkpoint of size "
                                    + known.getLast().size()
                                    + " was signed before"));
        }
        known.add(checkpoint);
        var walk = new Walk(checkpoint.size(), known);
        try {
            return walk.fault();
        } catch (FoundException e) {
            return Optional.of(e.fault);
        }
    }

    private static final Comparator<Checkpoint> BY_SIZE =
            Comparator.comparingLong(Checkpoint::size);

    /** From the first event to the last. */
    private final class Walk {
        private final long size;
        private final Deque<Checkpoint> known;
        private final TreeEdge edge = new TreeEdge();

        /** What is before is as it was signed. */
        private long proved;

        Walk(long size, Deque<Checkpoint> known) {
            this.size = size;
            this.known = known;
        }

        Optional<Fault> fault() {
            passCheckpoints();
            for (long index = 0; index * TileAddress.WIDTH < size; index++) {
                append(index, hashes(index));
            }
            return Optional.empty();
        }

        private List<TreeHash> hashes(long index) {
            var address = new TileAddress(0, index);
            var width = address.width(size);
            var first = index * TileAddress.WIDTH;
            var tile =
                    log.tile(address, width)
                            .filter(each -> each.hashes().size() >= width)
                            .orElseThrow(() -> new FoundException(first, missing(address)));
            compareWithKept(tile);
            var leaves = log.leaves(index, width);
            for (int i = 0; i < width; i++) {
                checkLeaf(
                        first + i, tile.hashes().get(i), i < leaves.size() ? leaves.get(i) : null);
            }
            return tile.hashes().subList(0, width);
        }

        private void checkLeaf(long sequence, TreeHash hash, byte @Nullable [] leaf) {
            if (leaf == null || leaf.length == 0) {
                if (sequence >= droppedBelow) {
                    throw new FoundException(sequence, "missing");
                }
            } else if (!LeafNumber.of(leaf).equals(Optional.of(sequence))) {
                throw new FoundException(
                        sequence,
                        "another event is in its place"
                                + LeafNumber.of(leaf).map(n -> ", that of " + n).orElse(""));
            } else if (!TreeHash.ofLeaf(leaf).equals(hash)) {
                throw new FoundException(sequence, "not what was hashed");
            }
        }

        private void compareWithKept(Tile tile) {
            if (kept == null) {
                return;
            }
            kept.tile(tile.address(), 1)
                    .ifPresent(
                            before -> {
                                for (int i = 0;
                                        i < Math.min(before.hashes().size(), tile.hashes().size());
                                        i++) {
                                    if (!before.hashes().get(i).equals(tile.hashes().get(i))) {
                                        throw new FoundException(
                                                tile.address().index() * TileAddress.WIDTH + i,
                                                "its hash is not what it was");
                                    }
                                }
                            });
        }

        /** Stops at the size of each checkpoint, to compare the roots. */
        private void append(long index, List<TreeHash> hashes) {
            var first = index * TileAddress.WIDTH;
            var done = 0;
            while (done < hashes.size()) {
                var next = known.isEmpty() ? size : known.getFirst().size();
                var to = (int) Math.min(hashes.size(), next - first);
                for (var tile : edge.append(hashes.subList(done, to))) {
                    checkUpper(tile);
                }
                done = to;
                passCheckpoints();
            }
        }

        /** Those above level 0, when they are full, or as long as they will be. */
        private void checkUpper(Tile tile) {
            var address = tile.address();
            var width = address.width(size);
            if (address.level() == 0 || tile.hashes().size() < width) {
                return;
            }
            var perHash = 1L << (TileAddress.HEIGHT * address.level());
            var first = address.index() * TileAddress.WIDTH * perHash;
            var served =
                    log.tile(address, width)
                            .filter(each -> each.hashes().size() >= width)
                            .orElseThrow(() -> new FoundException(first, missing(address)));
            for (int i = 0; i < width; i++) {
                if (!served.hashes().get(i).equals(tile.hashes().get(i))) {
                    throw new FoundException(
                            first + i * perHash,
                            "tile " + address.path() + " is not that of the tiles below");
                }
            }
        }

        private void passCheckpoints() {
            while (!known.isEmpty() && known.getFirst().size() == edge.head().size()) {
                var checkpoint = known.removeFirst();
                if (!checkpoint.root().equals(edge.head().root())) {
                    throw new FoundException(
                            proved,
                            "somewhere from here to event "
                                    + (checkpoint.size() - 1)
                                    + " the log is not what was signed");
                }
                proved = checkpoint.size();
            }
        }
    }

    private static String missing(TileAddress address) {
        return "tile " + address.path() + " is missing or too short";
    }

    /** Ends the walk. */
    private static final class FoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        FoundException(long sequence, String what) {
            super(what, null, false, false);
            this.fault = new Fault(sequence, what);
        }
    }
}
