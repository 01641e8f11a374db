package io.latchkey.audit.tlog;

/**
 * A full part of the tree: 2^level leaves, from {@code index * 2^level} on. Its hash never changes
 * once its last leaf is there.
 *
 * @param level 0 for a single leaf
 * @param index from 0, from the left
 */
public record Subtree(int level, long index) {
    public Subtree {
        if (level < 0 || level >= Long.SIZE - 1 || index < 0) {
            throw new IllegalArgumentException("no part of a tree: " + level + "/" + index);
        }
    }
}
