package io.latchkey.audit.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
    /** The leaves and roots that the first implementation of RFC 6962 is tested with. */
    private static final List<TreeHash> KNOWN_LEAVES =
            Stream.of(
                            "",
                            "00",
                            "10",
                            "2021",
                            "3031",
                            "40414243",
                            "5051525354555657",
                            "606162636465666768696a6b6c6d6e6f")
                    .map(HexFormat.of()::parseHex)
                    .map(TreeHash::ofLeaf)
                    .toList();

    private static final List<String> KNOWN_ROOTS =
            List.of(
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void itsRootsAreThoseOfOtherImplementations() {
        for (int size = 1; size <= KNOWN_LEAVES.size(); size++) {
            var root = TestTrees.tree(KNOWN_LEAVES.subList(0, size)).root();

            assertThat(HexFormat.of().formatHex(root.bytes())).isEqualTo(KNOWN_ROOTS.get(size - 1));
        }
    }

    @Test
    void theRootOfNothingIsTheHashOfNothing() {
        assertThat(HexFormat.of().formatHex(new MerkleTree(0, _ -> fail()).root().bytes()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private static TreeHash fail() {
        throw new AssertionError("no hash is needed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255, 256, 257, 511, 512, 1000, 65_536, 66_000})
    void tilesHoldTheTreeHoweverItGrew(int size) {
        var leaves = TestTrees.leaves(size);
        for (int atATime : new int[] {7, 256, size}) {
            var tiles = TestTrees.tiles(leaves, atATime);

            assertThat(new MerkleTree(size, new TiledHashes(tiles)).root())
                    .isEqualTo(TestTrees.root(leaves));
            assertThat(TreeEdge.of(size, tiles).head().root()).isEqualTo(TestTrees.root(leaves));
        }
    }

    @Test
    void anEdgeThatIsReadAgainGrowsOnAsIfNothingHadBeen() {
        var leaves = TestTrees.leaves(70_000);
        for (int cut : new int[] {1, 255, 256, 300, 65_535, 65_536, 65_537}) {
            var edge = TreeEdge.of(cut, TestTrees.tiles(leaves.subList(0, cut), cut));

            edge.append(leaves.subList(cut, leaves.size()));

            assertThat(edge.head()).isEqualTo(new TreeHead(leaves.size(), TestTrees.root(leaves)));
        }
    }

    @Test
    void everyLeafIsProvedToBeWhereItIsAndNowhereElse() {
        for (int size = 1; size <= 70; size++) {
            var leaves = TestTrees.leaves(size);
            var tree = TestTrees.tree(leaves);
            for (int index = 0; index < size; index++) {
                var proof = tree.inclusion(index);

                assertThat(proof.root(leaves.get(index))).contains(tree.root());
                if (size > 1) {
                    var elsewhere = new InclusionProof((index + 1) % size, size, proof.hashes());
                    assertThat(elsewhere.root(leaves.get(index))).isNotEqualTo(tree.root());
                    assertThat(proof.root(leaves.get((index + 1) % size)))
                            .get()
                            .isNotEqualTo(tree.root());
                }
            }
        }
    }

    @Test
    void everySmallerTreeIsProvedToBeTheBeginning() {
        for (int size = 1; size <= 70; size++) {
            var leaves = TestTrees.leaves(size);
            var tree = TestTrees.tree(leaves);
            for (int smaller = 1; smaller <= size; smaller++) {
                var proof = tree.consistency(smaller);
                var root = TestTrees.root(leaves.subList(0, smaller));

                assertThat(proof.connects(root, tree.root())).isTrue();
                assertThat(proof.connects(TreeHash.ofLeaf(new byte[1]), tree.root())).isFalse();
                assertThat(proof.connects(root, TreeHash.ofLeaf(new byte[1]))).isFalse();
            }
        }
    }

    @Test
    void aProofThatIsTooShortOrTooLongProvesNothing() {
        var leaves = TestTrees.leaves(13);
        var tree = TestTrees.tree(leaves);
        var inclusion = tree.inclusion(5);
        var consistency = tree.consistency(6);
        var root = TestTrees.root(leaves.subList(0, 6));

        assertThat(new InclusionProof(5, 13, withoutLast(inclusion.hashes())).root(leaves.get(5)))
                .isEmpty();
        assertThat(new InclusionProof(5, 13, withOneMore(inclusion.hashes())).root(leaves.get(5)))
                .isEmpty();
        assertThat(
                        new ConsistencyProof(6, 13, withoutLast(consistency.hashes()))
                                .connects(root, tree.root()))
                .isFalse();
        assertThat(
                        new ConsistencyProof(6, 13, withOneMore(consistency.hashes()))
                                .connects(root, tree.root()))
                .isFalse();
        assertThat(new ConsistencyProof(6, 13, List.of()).connects(root, tree.root())).isFalse();
    }

    private static List<TreeHash> withoutLast(List<TreeHash> hashes) {
        return hashes.subList(0, hashes.size() - 1);
    }

    private static List<TreeHash> withOneMore(List<TreeHash> hashes) {
        var more = new ArrayList<>(hashes);
        more.add(TreeHash.ofNothing());
        return more;
    }

    @Test
    void whatACalculationNeedsIsKnownBefore() {
        var leaves = TestTrees.leaves(66_000);
        var tiles = TestTrees.tiles(leaves, 1000);

        var needed = TiledHashes.neededBy(66_000, tree -> tree.inclusion(300));

        var some = tiles.stream().filter(tile -> needed.contains(tile.address())).toList();
        assertThat(some).hasSizeLessThan(8);
        var tree = new MerkleTree(66_000, new TiledHashes(some));
        assertThat(tree.inclusion(300).root(leaves.get(300))).contains(TestTrees.root(leaves));
    }

    @Test
    void aTileThatIsMissingIsNamed() {
        var tree = new MerkleTree(300, new TiledHashes(List.of()));

        assertThatThrownBy(tree::root)
                .isInstanceOf(MissingHashException.class)
                .hasMessage("tile 1/000 is missing or too short");
    }

    @Test
    void whatIsNotThereCannotBeProved() {
        var tree = TestTrees.tree(TestTrees.leaves(3));

        assertThatThrownBy(() -> tree.inclusion(3)).hasMessageContaining("below 3");
        assertThatThrownBy(() -> tree.consistency(4)).hasMessageContaining("1 to 3");
        assertThatThrownBy(() -> tree.consistency(0)).hasMessageContaining("1 to 3");
    }
}
