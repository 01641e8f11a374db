package io.latchkey.audit.tlog;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A hash in the tree: SHA-256, 32 bytes, of a leaf or of two hashes. A prefix keeps one kind from
 * passing for the other.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc6962#section-2.1">RFC 6962 §2.1</a>
 */
public final class TreeHash {
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private static final TreeHash EMPTY = new TreeHash(sha256().digest());

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The root of a tree without leaves. */
    public static TreeHash ofNothing() {
        return EMPTY;
    }

    public static TreeHash ofLeaf(byte[] leaf) {
        var digest = sha256();
        digest.update(LEAF);
        return new TreeHash(digest.digest(leaf));
    }

    public static TreeHash ofNode(TreeHash left, TreeHash right) {
        var digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    /**
     * @throws IllegalArgumentException if it is not {@value #LENGTH} bytes
     */
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("hash: " + bytes.length + " bytes (expected: 32)");
        }
        return new TreeHash(bytes.clone());
    }

    /**
     * Reads what {@link #toString} gave.
     *
     * @throws IllegalArgumentException if it is no base64 of 32 bytes
     */
    public static TreeHash parse(String base64) {
        var hash = of(Base64.getDecoder().decode(base64));
        if (!hash.toString().equals(base64)) {
            throw new IllegalArgumentException("hash: base64 of no canonical form");
        }
        return hash;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TreeHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Base64, 44 characters. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
