package io.latchkey.audit.tlog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Proves that an event is in the log that was signed last. */
public final class ProveInclusion {
    private final LogStore log;
    private final VerifierKey key;

    public ProveInclusion(LogStore log, VerifierKey key) {
        this.log = log;
        this.key = key;
    }

    /**
     * @param proof against the tree of the checkpoint
     * @param note the checkpoint, signed
     */
    public record Proved(InclusionProof proof, TreeHash leaf, String note) {}

    /**
     * Empty where there is no such event, or no checkpoint covers it yet.
     *
     * @param tenant whose events may be seen; all where there is none
     */
    public Mono<Proved> prove(UUID eventId, @Nullable String tenant) {
        return log.place(eventId, tenant)
                .flatMap(index -> log.checkpoint().flatMap(note -> prove(index, note)));
    }

    private Mono<Proved> prove(long index, String note) {
        var size = Checkpoint.open(note, key).size();
        if (index >= size) {
            return Mono.empty();
        }
        var tiles = TiledHashes.neededBy(size, tree -> tree.inclusion(index));
        tiles.add(TileAddress.of(new Subtree(0, index)));
        return log.tiles(tiles)
                .map(TiledHashes::new)
                .map(
                        hashes ->
                                new Proved(
                                        new MerkleTree(size, hashes).inclusion(index),
                                        hashes.of(new Subtree(0, index)),
                                        note));
    }
}
