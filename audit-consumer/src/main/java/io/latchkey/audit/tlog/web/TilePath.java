package io.latchkey.audit.tlog.web;

import io.latchkey.audit.tlog.TileAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The end of a tile's path: {@code x001/234}, or {@code x001/234.p/5} for a shorter one.
 *
 * @param width 1 to {@value TileAddress#WIDTH}
 */
record TilePath(long index, int width) {
    private static final Pattern PATH = Pattern.compile("/([x0-9/]+)(?:\\.p/([1-9][0-9]{0,2}))?");

    /** Empty for whatever is no such path. */
    static Optional<TilePath> parse(String path) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var width = parts.group(2);
        return width != null && Integer.parseInt(width) >= TileAddress.WIDTH
                ? Optional.empty()
                : TileAddress.parseIndex(parts.group(1))
                        .map(
                                index ->
                                        new TilePath(
                                                index,
                                                width == null
                                                        ? TileAddress.WIDTH
                                                        : Integer.parseInt(width)));
    }
}
