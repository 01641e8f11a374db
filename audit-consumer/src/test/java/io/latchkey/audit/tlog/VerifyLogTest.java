package io.latchkey.audit.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who changes a log is found, and the first event that he changed is named. */
class VerifyLogTest {
    private static final int SIZE = 700;
    private static final List<Integer> SIGNED = List.of(0, 1, 100, 256, 300, 512, 699);

    private final TestLog log = TestLog.of(SIZE);
    private final TestLog kept = TestLog.of(SIZE);
    private final Checkpoint checkpoint = log.checkpoint(SIZE);
    private final List<Checkpoint> earlier = SIGNED.stream().map(log::checkpoint).toList();

    private Optional<Fault> verify() {
        return new VerifyLog(log, null, 0).verify(checkpoint, earlier);
    }

    private Optional<Fault> verifyWithKept() {
        return new VerifyLog(log, kept, 0).verify(checkpoint, earlier);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aLogThatWasNotChangedHasNoFault(int size) {
        var whole = TestLog.of(size);

        assertThat(
                        new VerifyLog(whole, whole, 0)
                                .verify(
                                        whole.checkpoint(size),
                                        IntStream.rangeClosed(0, Math.min(size, 300))
                                                .mapToObj(whole::checkpoint)
                                                .toList()))
                .isEmpty();
    }

    static IntStream sizes() {
        return IntStream.of(0, 1, 2, 255, 256, 257, 700, 65_536, 66_000);
    }

    /** What is done to it, and the event that must be named. */
    static Stream<Arguments> changes() {
        return Stream.of(
                change("an event is changed", 5, log -> log.leaves.set(5, changed(5))),
                change("the first is", 0, log -> log.leaves.set(0, changed(0))),
                change("the last is", 699, log -> log.leaves.set(699, changed(699))),
                change("one in the middle of a tile is", 400, l -> l.leaves.set(400, changed(400))),
                change("a space is added", 9, log -> log.leaves.set(9, spaced(9))),
                change("an event is deleted", 17, log -> log.leaves.remove(17)),
                change("the last of a tile is", 255, log -> log.leaves.remove(255)),
                change("the first is deleted", 0, log -> log.leaves.remove(0)),
                change("the last is deleted", 699, log -> log.leaves.remove(699)),
                change("a whole tile of events is", 256, l -> l.leaves.subList(256, 512).clear()),
                change("all events are", 0, log -> log.leaves.clear()),
                change("an event is inserted", 40, log -> log.leaves.add(40, changed(40))),
                change("one is inserted twice", 41, l -> l.leaves.add(41, l.leaves.get(40))),
                change("two are swapped", 10, log -> Collections.swap(log.leaves, 10, 11)),
                change("two of different tiles are", 10, l -> Collections.swap(l.leaves, 10, 400)),
                change("one is written over another", 21, l -> l.leaves.set(21, l.leaves.get(20))),
                change("one is emptied", 33, log -> log.leaves.set(33, new byte[0])),
                change("one is no event any more", 34, log -> log.leaves.set(34, bytes("gone"))),
                change("one claims another place", 35, log -> log.leaves.set(35, changed(36))),
                change("a hash is changed", 77, log -> log.tile(0, 0).set(77, other())),
                change("two hashes are swapped", 77, l -> Collections.swap(l.tile(0, 0), 77, 78)),
                change("a tile is deleted", 256, log -> log.tiles.remove(new TileAddress(0, 1))),
                change("the last tile is", 512, log -> log.tiles.remove(new TileAddress(0, 2))),
                change("a tile is cut short", 512, log -> log.tile(0, 2).removeLast()),
                change("a tile above is deleted", 0, l -> l.tiles.remove(new TileAddress(1, 0))),
                change("a hash above is changed", 256, log -> log.tile(1, 0).set(1, other())),
                change(
                        "two are swapped and hashed",
                        10,
                        rehashed(l -> Collections.swap(l.leaves, 10, 11))),
                change("one is deleted, all hashed", 17, rehashed(log -> log.leaves.remove(17))));
    }

    private static Arguments change(String what, long sequence, Consumer<TestLog> change) {
        return Arguments.of(what, sequence, change);
    }

    private static Consumer<TestLog> rehashed(Consumer<TestLog> change) {
        return change.andThen(TestLog::rehash);
    }

    private static byte[] changed(int sequence) {
        return TestLog.leaf(sequence, "changed");
    }

    private static byte[] spaced(int sequence) {
        return bytes(new String(TestLog.leaf(sequence, "event 9"), StandardCharsets.UTF_8) + " ");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static TreeHash other() {
        return TreeHash.ofLeaf(bytes("other"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeIsFoundAndItsFirstEventNamed(String what, long sequence, Consumer<TestLog> change) {
        change.accept(log);

        assertThat(verify()).as(what).map(Fault::sequence).contains(sequence);
        assertThat(verifyWithKept()).as(what).map(Fault::sequence).contains(sequence);
    }

    @Test
    void aChangedEventWithItsHashIsNamedByWhoKeptTheTilesAndElseItsStretch() {
        log.leaves.set(400, changed(400));
        log.tile(0, 1).set(400 - 256, TreeHash.ofLeaf(changed(400)));

        assertThat(verify()).map(Fault::sequence).contains(256L);
        assertThat(verifyWithKept()).map(Fault::sequence).contains(400L);
    }

    @Test
    void aLogThatIsHashedAnewWithoutTheKeyIsFoundBetweenTwoCheckpoints() {
        log.leaves.set(400, changed(400));
        log.rehash();

        assertThat(verify())
                .contains(
                        new Fault(
                                300,
                                "somewhere from here to event 511 the log is not what was signed"));
        assertThat(verifyWithKept()).map(Fault::sequence).contains(400L);
    }

    @Test
    void oneThatIsSignedAnewIsFoundByWhoKeptACheckpoint() {
        IntStream.range(350, SIZE).forEach(n -> log.leaves.set(n, changed(n)));
        log.rehash();

        var fault = new VerifyLog(log, null, 0).verify(log.checkpoint(SIZE), earlier);

        assertThat(fault).map(Fault::sequence).contains(300L);
        assertThat(new VerifyLog(log, null, 0).verify(log.checkpoint(SIZE), List.of())).isEmpty();
    }

    @Test
    void anOldCheckpointThatIsShownAgainIsFoundByWhoHasANewerOne() {
        var old = log.checkpoint(512);
        log.leaves.subList(512, SIZE).clear();
        log.rehash();

        assertThat(new VerifyLog(log, null, 0).verify(old, earlier))
                .contains(new Fault(512, "cut off: a checkpoint of size 699 was signed before"));
    }

    @Test
    void eventsThatAreTooOldMayBeMissingButTheirHashesMayNot() {
        var dropped = new ArrayList<>(Collections.nCopies(512, new byte[0]));
        dropped.addAll(log.leaves.subList(512, SIZE));
        log.leaves.clear();
        log.leaves.addAll(dropped);

        assertThat(new VerifyLog(log, null, 512).verify(checkpoint, earlier)).isEmpty();
        assertThat(new VerifyLog(log, null, 511).verify(checkpoint, earlier))
                .contains(new Fault(511, "missing"));
        log.tile(0, 0).set(3, other());
        assertThat(new VerifyLog(log, null, 512).verify(checkpoint, earlier))
                .map(Fault::sequence)
                .contains(1L);
    }
}
