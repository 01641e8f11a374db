package io.latchkey.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.tlog.Checkpoint;
import io.latchkey.audit.tlog.MissingHashException;
import io.latchkey.audit.tlog.SignerKey;
import io.latchkey.audit.tlog.TileAddress;
import io.latchkey.audit.tlog.TreeHash;
import io.latchkey.audit.tlog.TreeHead;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SignCheckpointTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final IngestMetrics metrics = new IngestMetrics(meters);
    private final List<SignedCheckpoint> published = new CopyOnWriteArrayList<>();
    private final SignerKey key = key();
    private final SignCheckpoint signCheckpoint = new SignCheckpoint(key, published::add, metrics);
    private final TestSession session = new TestSession();

    private static SignerKey key() {
        return SignerKey.parse("log", SignerKey.generate(new SecureRandom()));
    }

    private static TreeHead head(long size) {
        return new TreeHead(
                size, TreeHash.ofLeaf(Long.toString(size).getBytes(StandardCharsets.UTF_8)));
    }

    /** Publishing is not waited for: a later look sees that it is done. */
    private void awaitNothingUnpublished(SignCheckpoint signing) {
        await().until(
                        () -> {
                            signing.sign(session);
                            return session.unpublished.isEmpty();
                        });
    }

    private double whole() {
        return meters.get("latchkey.audit.log.whole").gauge().value();
    }

    @Test
    void whatIsNewIsSignedKeptAndPublishedOnce() {
        session.head = head(3);

        signCheckpoint.sign(session);
        awaitNothingUnpublished(signCheckpoint);

        assertThat(published).hasSize(1);
        assertThat(Checkpoint.open(published.getFirst().note(), key.verifierKey()))
                .isEqualTo(new Checkpoint("log", 3, head(3).root()));
        assertThat(session.kept).isEqualTo(published);
        assertThat(session.unpublished).isEmpty();
    }

    @Test
    void anEmptyLogIsSignedTooSoThatThereIsAlwaysACheckpoint() {
        signCheckpoint.sign(session);

        awaitNothingUnpublished(signCheckpoint);
        assertThat(published).extracting(SignedCheckpoint::head).containsExactly(head(0));
    }

    @Test
    void aLogThatDoesNotBeginWithWhatWasSignedIsNotSigned() {
        session.head = head(3);
        signCheckpoint.sign(session);
        awaitNothingUnpublished(signCheckpoint);
        session.head = head(5);
        session.rewritten = true;

        signCheckpoint.sign(session);

        assertThat(published).hasSize(1);
        assertThat(whole()).isZero();

        session.rewritten = false;
        signCheckpoint.sign(session);
        awaitNothingUnpublished(signCheckpoint);
        assertThat(published).hasSize(2);
        assertThat(whole()).isEqualTo(1);
    }

    @Test
    void aLogThatIsShorterThanWhatWasSignedIsNotSigned() {
        session.head = head(3);
        signCheckpoint.sign(session);
        awaitNothingUnpublished(signCheckpoint);
        session.head = head(2);

        signCheckpoint.sign(session);

        assertThat(published).hasSize(1);
        assertThat(whole()).isZero();
    }

    @Test
    void aLogThatLacksATileIsNotSigned() {
        session.head = head(3);
        signCheckpoint.sign(session);
        awaitNothingUnpublished(signCheckpoint);
        session.head = head(5);
        session.lacksATile = true;

        signCheckpoint.sign(session);

        assertThat(published).hasSize(1);
        assertThat(whole()).isZero();
    }

    @Test
    void aNewKeySignsWhatThereIs() {
        session.head = head(3);
        signCheckpoint.sign(session);
        awaitNothingUnpublished(signCheckpoint);
        var newKey = key();
        var withNewKey = new SignCheckpoint(newKey, published::add, metrics);

        withNewKey.sign(session);
        awaitNothingUnpublished(withNewKey);

        assertThat(published).hasSize(2);
        assertThat(Checkpoint.open(published.getLast().note(), newKey.verifierKey()).size())
                .isEqualTo(3);
    }

    @Test
    void whatWasNotPublishedIsTriedAgain() {
        var failures = new AtomicInteger();
        var failing =
                new SignCheckpoint(
                        key,
                        _ -> {
                            failures.incrementAndGet();
                            throw new IllegalStateException("Kafka is away");
                        },
                        metrics);
        session.head = head(3);
        failing.sign(session);
        await().until(
                        () -> {
                            failing.sign(session);
                            return failures.get() > 1;
                        });
        assertThat(session.unpublished).hasSize(1);

        awaitNothingUnpublished(signCheckpoint);

        assertThat(published).hasSize(1);
        assertThat(session.kept).hasSize(1);
        assertThat(session.unpublished).isEmpty();
    }

    /** A log that says what it is told to say. */
    private static final class TestSession implements AppendSession {
        TreeHead head = SignCheckpointTest.head(0);
        boolean rewritten;
        boolean lacksATile;
        final List<SignedCheckpoint> kept = new ArrayList<>();
        final List<SignedCheckpoint> unpublished = new ArrayList<>();

        @Override
        public Map<Integer, Long> nextOffsets(UUID topicId) {
            return Map.of();
        }

        @Override
        public int append(AuditBatch batch) {
            return 0;
        }

        @Override
        public TreeHead head() {
            return head;
        }

        @Override
        public Optional<SignedCheckpoint> lastCheckpoint() {
            return kept.isEmpty() ? Optional.empty() : Optional.of(kept.getLast());
        }

        @Override
        public TreeHead headAt(long size) {
            if (lacksATile) {
                throw new MissingHashException(new TileAddress(0, 0));
            }
            return rewritten
                    ? new TreeHead(size, TreeHash.ofNothing())
                    : SignCheckpointTest.head(size);
        }

        @Override
        public void keep(SignedCheckpoint checkpoint) {
            kept.add(checkpoint);
            unpublished.add(checkpoint);
        }

        @Override
        public List<SignedCheckpoint> unpublished() {
            return List.copyOf(unpublished);
        }

        @Override
        public void setPublished(SignedCheckpoint checkpoint) {
            unpublished.remove(checkpoint);
        }

        @Override
        public void keepAlive() {}

        @Override
        public void close() {}
    }
}
