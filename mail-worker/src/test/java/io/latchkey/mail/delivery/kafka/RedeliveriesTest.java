package io.latchkey.mail.delivery.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RedeliveriesTest {
    private final Redeliveries redeliveries = new Redeliveries();
    private final AtomicInteger worked = new AtomicInteger();
    private final List<ProducerRecord<byte[], byte[]>> published = new ArrayList<>();

    private static ConsumerRecord<byte[], byte[]> record(long offset, long timestamp) {
        return new ConsumerRecord<>(
                "t",
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }

    private List<ProducerRecord<byte[], byte[]>> work() {
        worked.incrementAndGet();
        return List.of(new ProducerRecord<>("event", null), new ProducerRecord<>("order", null));
    }

    private void publish(List<ProducerRecord<byte[], byte[]>> records) {
        published.addAll(records);
        records.clear();
    }

    @Test
    void aRecordThatComesAgainIsNotWorkedOnAgain() throws Exception {
        redeliveries.once(record(1, 7), this::work, this::publish);
        redeliveries.once(record(1, 7), this::work, this::publish);

        assertThat(worked).hasValue(1);
        assertThat(published).hasSize(2);
    }

    @Test
    void onlyWhatIsLeftIsPublishedLater() throws Exception {
        assertThatThrownBy(
                        () ->
                                redeliveries.once(
                                        record(1, 7),
                                        this::work,
                                        records -> {
                                            published.add(records.removeFirst());
                                            throw new UnpublishedException(new Exception());
                                        }))
                .isInstanceOf(UnpublishedException.class);

        redeliveries.once(record(1, 7), this::work, this::publish);

        assertThat(worked).hasValue(1);
        assertThat(published).extracting(ProducerRecord::topic).containsExactly("event", "order");
    }

    @Test
    void anotherRecordAtTheSameOffsetOfARecreatedTopicIsNew() throws Exception {
        redeliveries.once(record(1, 7), this::work, this::publish);
        redeliveries.once(record(1, 8), this::work, this::publish);

        assertThat(worked).hasValue(2);
    }

    @Test
    void ofTwoThreadsOneWaitsForTheOther() throws Exception {
        var working = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first =
                    threads.submit(
                            () -> {
                                redeliveries.once(
                                        record(1, 7),
                                        () -> {
                                            working.countDown();
                                            await(goOn);
                                            return work();
                                        },
                                        this::publish);
                                return null;
                            });
            await(working);
            var second =
                    threads.submit(
                            () -> {
                                redeliveries.once(record(1, 7), this::work, this::publish);
                                return null;
                            });
            goOn.countDown();
            first.get();
            second.get();
        }

        assertThat(worked).hasValue(1);
        assertThat(published).hasSize(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
