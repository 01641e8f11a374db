package io.latchkey.audit.tlog;

/**
 * A tree in short.
 *
 * @param size in leaves
 * @param root over them
 */
public record TreeHead(long size, TreeHash root) {}
