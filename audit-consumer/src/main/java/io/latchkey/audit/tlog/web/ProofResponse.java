package io.latchkey.audit.tlog.web;

import io.latchkey.audit.tlog.ProveInclusion;
import io.latchkey.audit.tlog.TreeHash;
import io.latchkey.events.EventId;
import java.util.List;

/**
 * A proof on the wire.
 *
 * @param leafHash base64, as the others
 * @param hashes from the leaf to the root
 * @param checkpoint the signed note whose tree it is
 */
record ProofResponse(
        String eventId,
        long sequence,
        String leafHash,
        long treeSize,
        List<String> hashes,
        String checkpoint) {
    static ProofResponse of(EventId event, ProveInclusion.Proved proved) {
        return new ProofResponse(
                event.toString(),
                proved.proof().index(),
                proved.leaf().toString(),
                proved.proof().treeSize(),
                proved.proof().hashes().stream().map(TreeHash::toString).toList(),
                proved.note());
    }
}
