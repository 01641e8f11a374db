package io.latchkey.audit.tlog;

/** A hash that is needed is not there. */
public final class MissingHashException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient TileAddress tile;

    public MissingHashException(TileAddress tile) {
        super("tile " + tile.path() + " is missing or too short");
        this.tile = tile;
    }

    /** Where it should be. */
    public TileAddress tile() {
        return tile;
    }
}
