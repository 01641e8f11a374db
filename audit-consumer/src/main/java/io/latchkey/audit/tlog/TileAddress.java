package io.latchkey.audit.tlog;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which tile of the log. A tile of level 0 holds the hashes of 256 leaves; one of a level above,
 * the hashes of 256 tiles below it.
 *
 * @param level 0 to {@value #MAX_LEVEL}
 * @param index from 0, from the left
 * @see <a href="https://c2sp.org/tlog-tiles">C2SP tlog-tiles</a>
 */
public record TileAddress(int level, long index) {
    /** Levels of the tree in one tile. */
    public static final int HEIGHT = 8;

    /** Hashes of a full tile. */
    public static final int WIDTH = 1 << HEIGHT;

    public static final int MAX_LEVEL = 7;

    private static final int GROUP = 1000;
    private static final Pattern INDEX = Pattern.compile("(?:x[0-9]{3}/){0,4}[0-9]{3}");

    public TileAddress {
        if (level < 0 || level > MAX_LEVEL || index < 0) {
            throw new IllegalArgumentException("no tile: " + level + "/" + index);
        }
    }

    /** The tile that holds a part of the tree, or the leaves of that part's hashes. */
    public static TileAddress of(Subtree part) {
        var firstHash = part.index() << (part.level() % HEIGHT);
        return new TileAddress(part.level() / HEIGHT, firstHash / WIDTH);
    }

    /** How many hashes of this tile a tree of a size has: 0 to {@value #WIDTH}. */
    public int width(long treeSize) {
        var hashes = (treeSize >> (HEIGHT * level)) - index * WIDTH;
        return Math.clamp(hashes, 0, WIDTH);
    }

    /** As in the path of a full one: {@code 0/x001/234}. */
    public String path() {
        return level + "/" + indexPath(index);
    }

    /** Groups of three digits, all but the last with an x before. */
    public static String indexPath(long index) {
        var path = new StringBuilder(threeDigits(index % GROUP));
        for (var rest = index / GROUP; rest > 0; rest /= GROUP) {
            path.insert(0, "x" + threeDigits(rest % GROUP) + "/");
        }
        return path.toString();
    }

    private static String threeDigits(long group) {
        return Long.toString(GROUP + group).substring(1);
    }

    /** Reads what {@link #indexPath} gave; empty for anything else. */
    public static Optional<Long> parseIndex(String path) {
        if (!INDEX.matcher(path).matches()) {
            return Optional.empty();
        }
        var index = Long.parseLong(path.replace("x", "").replace("/", ""));
        return indexPath(index).equals(path) ? Optional.of(index) : Optional.empty();
    }
}
