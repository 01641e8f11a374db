package io.latchkey.audit.tlog;

/** Knows the hashes of a tree's full parts. */
@FunctionalInterface
public interface HashSource {
    /**
     * @throws MissingHashException if it does not know this one
     */
    TreeHash of(Subtree part);
}
