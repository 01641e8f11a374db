package io.latchkey.audit.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditBatch;
import io.latchkey.audit.ingest.IngestMetrics;
import io.latchkey.audit.ingest.PartitionId;
import io.latchkey.audit.ingest.RefusedBatchException;
import io.latchkey.audit.ingest.SignedCheckpoint;
import io.latchkey.audit.ingest.StoreUnavailableException;
import io.latchkey.audit.tlog.TreeHead;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.AdminActed;
import io.latchkey.events.LinkConfirmed;
import io.latchkey.events.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class BatchRecorderTest {
    private static final String TOPIC = Topics.SECURITY_EVENTS.topic();
    private static final Map<TopicPartition, PartitionId> PARTITIONS =
            Map.of(
                    new TopicPartition(TOPIC, 0), new PartitionId(UUID.randomUUID(), TOPIC, 0),
                    new TopicPartition(TOPIC, 1), new PartitionId(UUID.randomUUID(), TOPIC, 1));

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final BatchRecorder recorder =
            new BatchRecorder(
                    new RecordReader(), new SetAside(() -> kafka), new IngestMetrics(meters));
    private final TestTrail trail = new TestTrail();

    @Test
    void culpritsAreSetAsideAndAllOthersAppendedInTheirOrder() {
        var polled = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        IntStream.range(0, 100).forEach(i -> polled.add(polled(i % 2, i / 2, i == 37 || i == 98)));

        recorder.record(trail, PARTITIONS, polled);

        assertThat(trail.events).hasSize(100);
        assertThat(trail.events.stream().map(AuditEvent::type))
                .containsOnly("LinkConfirmed", "RecordSetAside");
        assertThat(List.of(trail.events.get(37), trail.events.get(98)))
                .allSatisfy(
                        event -> {
                            assertThat(event.type()).isEqualTo("RecordSetAside");
                            assertThat(event.reason()).isEqualTo("refused by the database");
                        })
                .extracting(AuditEvent::data)
                .containsExactly(
                        "{\"offset\":18,\"partition\":1,\"topic\":\"" + TOPIC + "\"}",
                        "{\"offset\":49,\"partition\":0,\"topic\":\"" + TOPIC + "\"}");
        assertThat(trail.offsets.values()).containsOnly(50L);
        assertThat(kafka.history())
                .extracting(letter -> letter.headers().lastHeader("reason").value())
                .containsExactly(
                        "refused by the database".getBytes(UTF_8),
                        "refused by the database".getBytes(UTF_8));
        assertThat(count("ingested")).isEqualTo(100);
        assertThat(count("unreadable")).isEqualTo(2);
        assertThat(count("duplicate")).isZero();
    }

    @Test
    void nothingMovesWhereTheDeadLetterIsNotTaken() {
        kafka.sendException = new TimeoutException("broker away");
        var garbage = new ConsumerRecord<byte[], byte[]>(TOPIC, 0, 7, null, new byte[1]);

        assertThatThrownBy(
                        () ->
                                recorder.record(
                                        trail, PARTITIONS, List.of(garbage, polled(1, 3, false))))
                .isInstanceOf(KafkaException.class);

        assertThat(trail.offsets).isEmpty();
        assertThat(trail.events).isEmpty();
    }

    @Test
    void databaseThatRefusesAnOffsetAloneIsAnOutage() {
        var garbage = new ConsumerRecord<byte[], byte[]>(TOPIC, 0, 7, null, new byte[1]);
        trail.refusesAll = true;

        assertThatThrownBy(
                        () ->
                                recorder.record(
                                        trail, PARTITIONS, List.of(garbage, polled(1, 3, false))))
                .isInstanceOf(StoreUnavailableException.class);

        assertThat(trail.offsets).isEmpty();
        assertThat(kafka.history()).hasSize(1);
        assertThat(count("unreadable")).isZero();
    }

    private double count(String result) {
        return meters.get("latchkey.audit.records").tag("result", result).counter().count();
    }

    private static ConsumerRecord<byte[], byte[]> polled(
            int partition, long offset, boolean culprit) {
        var published =
                TestTopics.record(TestEvents.of(culprit ? AdminActed.class : LinkConfirmed.class));
        Headers headers = published.headers();
        return new ConsumerRecord<>(
                TOPIC,
                partition,
                offset,
                0L,
                TimestampType.CREATE_TIME,
                0,
                0,
                published.key(),
                published.value(),
                headers,
                Optional.empty());
    }

    /** Keeps all but one type, as a database would that cannot store it. */
    private static final class TestTrail implements AppendSession {
        final List<AuditEvent> events = new ArrayList<>();
        final Map<PartitionId, Long> offsets = new HashMap<>();
        boolean refusesAll;

        @Override
        public Map<Integer, Long> nextOffsets(UUID topicId) {
            return Map.of();
        }

        @Override
        public int append(AuditBatch batch) {
            if (refusesAll
                    || batch.events().stream()
                            .anyMatch(event -> event.type().equals("AdminActed"))) {
                throw new RefusedBatchException(new IllegalArgumentException("in this test"));
            }
            batch.nextOffsets()
                    .forEach(
                            (partition, next) ->
                                    assertThat(offsets.put(partition, next))
                                            .satisfiesAnyOf(
                                                    before -> assertThat(before).isNull(),
                                                    before -> assertThat(before).isLessThan(next)));
            events.addAll(batch.events());
            return batch.events().size();
        }

        @Override
        public TreeHead head() {
            throw new UnsupportedOperationException("nothing is signed here");
        }

        @Override
        public Optional<SignedCheckpoint> lastCheckpoint() {
            return Optional.empty();
        }

        @Override
        public TreeHead headAt(long size) {
            return head();
        }

        @Override
        public void keep(SignedCheckpoint checkpoint) {}

        @Override
        public List<SignedCheckpoint> unpublished() {
            return List.of();
        }

        @Override
        public void setPublished(SignedCheckpoint checkpoint) {}

        @Override
        public void keepAlive() {}

        @Override
        public void close() {}
    }
}
