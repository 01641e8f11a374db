package io.latchkey.audit.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves beside each other, as they are served: each after its length, two bytes.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
public final class EntryBundle {
    /** The longest leaf that a bundle can hold, bytes. */
    public static final int MAX_LEAF = 0xFFFF;

    private EntryBundle() {}

    /**
     * @param leaves at most {@value TileAddress#WIDTH}, each at most {@value #MAX_LEAF} bytes
     */
    public static byte[] encode(List<byte[]> leaves) {
        var bundle = new ByteArrayOutputStream();
        for (var leaf : leaves) {
            if (leaf.length > MAX_LEAF) {
                throw new IllegalArgumentException("leaf: " + leaf.length + " bytes");
            }
            bundle.write(leaf.length >> Byte.SIZE);
            bundle.write(leaf.length);
            bundle.writeBytes(leaf);
        }
        return bundle.toByteArray();
    }

    /**
     * @throws IllegalArgumentException if it ends within a leaf
     */
    public static List<byte[]> decode(byte[] bundle) {
        var rest = ByteBuffer.wrap(bundle);
        var leaves = new ArrayList<byte[]>();
        while (rest.hasRemaining()) {
            var length = rest.remaining() < Short.BYTES ? -1 : rest.getShort() & MAX_LEAF;
            if (length < 0 || length > rest.remaining()) {
                throw new IllegalArgumentException("entry bundle: ends within a leaf");
            }
            var leaf = new byte[length];
            rest.get(leaf);
            leaves.add(leaf);
        }
        return leaves;
    }
}
