package io.latchkey.audit.ingest.postgres;

import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The tree's tiles, on the connection of the appender. */
final class LogTiles {
    private static final String READ =
            """
            SELECT level, index, hashes
              FROM audit.tile
             WHERE (level, index) IN (SELECT * FROM unnest(?::int[], ?::bigint[]))
            """;

    private static final String WRITE =
            """
            INSERT INTO audit.tile (level, index, hashes)
            SELECT * FROM unnest(?::int[], ?::bigint[], ?::bytea[])
            ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes
            """;

    private LogTiles() {}

    /** Those that are there. */
    static List<Tile> read(Connection connection, Collection<TileAddress> addresses)
            throws SQLException {
        var tiles = new ArrayList<Tile>();
        try (var statement = connection.prepareStatement(READ)) {
            statement.setArray(1, levels(connection, addresses));
            statement.setArray(2, indexes(connection, addresses));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    tiles.add(
                            Tile.of(
                                    new TileAddress(rows.getInt(1), rows.getLong(2)),
                                    rows.getBytes(3)));
                }
            }
        }
        return tiles;
    }

    /** New ones, and longer ones for those that were there. */
    static void write(Connection connection, Collection<Tile> tiles) throws SQLException {
        if (tiles.isEmpty()) {
            return;
        }
        var addresses = tiles.stream().map(Tile::address).toList();
        try (var statement = connection.prepareStatement(WRITE)) {
            statement.setArray(1, levels(connection, addresses));
            statement.setArray(2, indexes(connection, addresses));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "bytea", tiles.stream().map(Tile::bytes).toArray(byte[][]::new)));
            statement.executeUpdate();
        }
    }

    private static java.sql.Array levels(Connection connection, Collection<TileAddress> addresses)
            throws SQLException {
        return connection.createArrayOf(
                "int4", addresses.stream().map(TileAddress::level).toArray());
    }

    private static java.sql.Array indexes(Connection connection, Collection<TileAddress> addresses)
            throws SQLException {
        return connection.createArrayOf(
                "int8", addresses.stream().map(TileAddress::index).toArray());
    }
}
