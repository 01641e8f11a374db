package io.latchkey.audit.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TileTest {
    @ParameterizedTest
    @CsvSource({"0, 000", "255, 255", "1000, x001/000", "1234067, x001/x234/067"})
    void itsIndexIsWrittenInGroupsOfThreeDigits(long index, String path) {
        assertThat(TileAddress.indexPath(index)).isEqualTo(path);
        assertThat(TileAddress.parseIndex(path)).contains(index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "0000",
                "x000/001",
                "001/001",
                "x999/x999/x999/x999/x999/999",
                "x001/x234",
                "-01",
                "x001/234/"
            })
    void noOtherSpellingOfAnIndexIsTaken(String path) {
        assertThat(TileAddress.parseIndex(path)).isEmpty();
    }

    @Test
    void itsWidthFollowsTheTree() {
        assertThat(new TileAddress(0, 0).width(0)).isZero();
        assertThat(new TileAddress(0, 0).width(300)).isEqualTo(256);
        assertThat(new TileAddress(0, 1).width(300)).isEqualTo(44);
        assertThat(new TileAddress(0, 2).width(300)).isZero();
        assertThat(new TileAddress(1, 0).width(300)).isEqualTo(1);
        assertThat(new TileAddress(2, 0).width(65_535)).isZero();
        assertThat(new TileAddress(2, 0).width(65_536)).isEqualTo(1);
    }

    @Test
    void itIsReadAsItWasWritten() {
        var tile = new Tile(new TileAddress(0, 3), TestTrees.leaves(5));

        assertThat(tile.bytes()).hasSize(160);
        assertThat(Tile.of(tile.address(), tile.bytes())).isEqualTo(tile);
    }

    @Test
    void itHoldsWholeHashesAndNotTooMany() {
        var address = new TileAddress(0, 0);

        assertThatThrownBy(() -> Tile.of(address, new byte[33])).hasMessageContaining("33 bytes");
        assertThatThrownBy(() -> Tile.of(address, new byte[0])).hasMessageContaining("0 hashes");
        assertThatThrownBy(() -> Tile.of(address, new byte[257 * 32]))
                .hasMessageContaining("257 hashes");
    }

    @Test
    void leavesAreReadFromABundleAsTheyWereWritten() {
        var leaves = List.of(new byte[0], new byte[] {1, 2, 3}, new byte[65_535]);

        var bundle = EntryBundle.encode(leaves);

        assertThat(bundle).hasSize(3 * 2 + 3 + 65_535);
        assertThat(EntryBundle.decode(bundle)).containsExactlyElementsOf(leaves);
    }

    @Test
    void aBundleThatEndsWithinALeafIsRefused() {
        assertThatThrownBy(() -> EntryBundle.decode(new byte[] {0, 3, 1, 2}))
                .hasMessageContaining("within a leaf");
        assertThatThrownBy(() -> EntryBundle.decode(new byte[] {0}))
                .hasMessageContaining("within a leaf");
        assertThatThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .hasMessageContaining("65536 bytes");
    }
}
