package io.latchkey.audit.tlog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestIssuer;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.TrailRows;
import io.latchkey.audit.tlog.Checkpoint;
import io.latchkey.audit.tlog.EntryBundle;
import io.latchkey.audit.tlog.InclusionProof;
import io.latchkey.audit.tlog.MerkleTree;
import io.latchkey.audit.tlog.Tile;
import io.latchkey.audit.tlog.TileAddress;
import io.latchkey.audit.tlog.TiledHashes;
import io.latchkey.audit.tlog.TreeHash;
import io.latchkey.audit.tlog.VerifierKey;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the log as somebody would who knows nothing but the specifications. */
class TlogIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int EVENTS = 600;
    private static AuditProcess process;
    private static EventEnvelope<?> lastEvent;

    @BeforeAll
    static void fill() {
        process = AuditProcess.shared();
        var events =
                IntStream.range(0, EVENTS)
                        .<EventEnvelope<?>>mapToObj(_ -> TestEvents.confirmed(TestEvents.context()))
                        .toList();
        lastEvent = events.getLast();
        try (var topics = new TestTopics()) {
            topics.publish(events);
        }
        awaitProof(lastEvent);
        events.stream().limit(3).forEach(TlogIT::awaitProof);
    }

    private static Map<String, Object> awaitProof(EventEnvelope<?> event) {
        var path = "/api/v1/audit/events/" + event.id() + "/proof";
        await().atMost(SOON).until(() -> status(path) == 200);
        return process.get(path);
    }

    private static int status(String path) {
        return process.auditor()
                .get()
                .uri(path)
                .exchange()
                .returnResult(byte[].class)
                .getStatus()
                .value();
    }

    @Test
    void everyLeafIsInTheTreeThatWasSigned() {
        var key = VerifierKey.parse(text("/tlog/key").strip());
        var checkpoint = Checkpoint.open(text("/tlog/checkpoint"), key);
        var size = checkpoint.size();
        assertThat(checkpoint.origin()).isEqualTo("sign-in.example/audit");
        assertThat(size).isGreaterThanOrEqualTo(EVENTS);

        var tiles = new ArrayList<Tile>();
        for (int level = 0; size >> (8 * level) > 0; level++) {
            for (long index = 0; new TileAddress(level, index).width(size) > 0; index++) {
                var address = new TileAddress(level, index);
                var bytes = bytes("/tlog/tile/" + path(address.path(), address.width(size)));
                assertThat(bytes).hasSize(32 * address.width(size));
                tiles.add(Tile.of(address, bytes));
            }
        }

        assertThat(new MerkleTree(size, new TiledHashes(tiles)).root())
                .isEqualTo(checkpoint.root());
        assertThat(leafHashes(size)).isEqualTo(hashesOfLevel0(tiles));
    }

    private static String path(String path, int width) {
        return width == TileAddress.WIDTH ? path : path + ".p/" + width;
    }

    private static List<TreeHash> hashesOfLevel0(List<Tile> tiles) {
        return tiles.stream()
                .filter(tile -> tile.address().level() == 0)
                .flatMap(tile -> tile.hashes().stream())
                .toList();
    }

    private static List<TreeHash> leafHashes(long size) {
        var hashes = new ArrayList<TreeHash>();
        for (long index = 0; index * 256 < size; index++) {
            var path = path(TileAddress.indexPath(index), new TileAddress(0, index).width(size));
            EntryBundle.decode(bytes("/tlog/tile/entries/" + path))
                    .forEach(leaf -> hashes.add(TreeHash.ofLeaf(leaf)));
        }
        return hashes;
    }

    @Test
    void anEventAsItIsReadIsWhatIsProved() {
        var proof = awaitProof(lastEvent);
        var event =
                text(
                        "/api/v1/audit/events?order=asc&limit=1&user_id="
                                + lastEvent.event().context().userId());
        var leaf =
                event.substring("{\"items\":[".length(), event.lastIndexOf("]"))
                        .getBytes(StandardCharsets.UTF_8);

        var key = VerifierKey.parse(text("/tlog/key").strip());
        var checkpoint = Checkpoint.open((String) proof.get("checkpoint"), key);
        assertThat(proof)
                .containsEntry("event_id", lastEvent.id().toString())
                .containsEntry("leaf_hash", TreeHash.ofLeaf(leaf).toString())
                .containsEntry("tree_size", (int) checkpoint.size());
        @SuppressWarnings("unchecked") // as the JSON is written
        var hashes = (List<String>) proof.get("hashes");
        var inclusion =
                new InclusionProof(
                        (int) proof.get("sequence"),
                        checkpoint.size(),
                        hashes.stream().map(TreeHash::parse).toList());
        assertThat(inclusion.root(TreeHash.ofLeaf(leaf))).contains(checkpoint.root());
    }

    @Test
    void everyCheckpointIsPublishedAndTheLaterBeginWithTheEarlier() {
        var key = VerifierKey.parse(text("/tlog/key").strip());
        var size = Checkpoint.open(text("/tlog/checkpoint"), key).size();
        await().atMost(SOON).until(() -> published(key).getLast().size() >= size);
        var checkpoints = published(key);

        var last = checkpoints.getLast();
        for (var earlier : checkpoints) {
            if (earlier.size() > 0) {
                var needed =
                        TiledHashes.neededBy(last.size(), tree -> tree.consistency(earlier.size()));
                var tiles =
                        needed.stream()
                                .map(
                                        address ->
                                                Tile.of(
                                                        address,
                                                        bytes(
                                                                "/tlog/tile/"
                                                                        + path(
                                                                                address.path(),
                                                                                address.width(
                                                                                        last
                                                                                                .size())))))
                                .toList();
                var proof =
                        new MerkleTree(last.size(), new TiledHashes(tiles))
                                .consistency(earlier.size());
                assertThat(proof.connects(earlier.root(), last.root())).isTrue();
            }
        }
    }

    /** Those of this log: the topic has those of other tests, too. */
    private static List<Checkpoint> published(VerifierKey key) {
        return TestTopics.all(Topics.CHECKPOINTS.topic()).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .map(note -> Checkpoint.open(note, key))
                .filter(checkpoint -> isOfThisLog(checkpoint))
                .toList();
    }

    private static boolean isOfThisLog(Checkpoint checkpoint) {
        return new TrailRows(AuditProcess.sharedDatabase())
                .texts("SELECT note FROM audit.checkpoint").stream()
                        .anyMatch(note -> note.startsWith(checkpoint.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tlog/tile/0/999",
                "/tlog/tile/0/000.p/0",
                "/tlog/tile/0/000.p/256",
                "/tlog/tile/0/0",
                "/tlog/tile/8/000",
                "/tlog/tile/0/x999/x999/x999/x999/x999/x999/999",
                "/tlog/tile/entries/x072/x057/x594/x037/x927/936",
                "/tlog/tile/0/000.p/1/2",
                "/tlog/tile/entries/999",
                "/tlog/tile/entries/-01",
                "/api/v1/audit/events/evt_01jv0000000000000000000000/proof",
                "/api/v1/audit/events/x/proof",
                "/tlog/nothing"
            })
    void whatTheLogHasNotIsNotFound(String path) {
        assertThat(status(path)).isEqualTo(404);
    }

    @Test
    void hashesAreOpenAndEventsAreNot() {
        for (var path : List.of("/tlog/key", "/tlog/checkpoint", "/tlog/tile/0/000")) {
            process.anonymous().get().uri(path).exchange().expectStatus().isOk();
        }
        for (var path :
                List.of(
                        "/tlog/tile/entries/000",
                        "/tlog/tile/entries/000.p/1",
                        "/api/v1/audit/events/" + lastEvent.id() + "/proof")) {
            process.anonymous().get().uri(path).exchange().expectStatus().isUnauthorized();
        }
        process.withToken(TestIssuer.reader("default"))
                .get()
                .uri("/tlog/tile/entries/000")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void aReaderOfAnotherTenantCannotProveAnEvent() {
        var path = "/api/v1/audit/events/" + lastEvent.id() + "/proof";

        process.withToken(TestIssuer.reader("other"))
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isNotFound();
        process.withToken(TestIssuer.reader("default"))
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String path) {
        return Objects.requireNonNull(
                process.auditor()
                        .get()
                        .uri(path)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(byte[].class)
                        .returnResult()
                        .getResponseBody());
    }
}
