package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.AppendSession;
import io.latchkey.audit.ingest.AuditBatch;
import io.latchkey.audit.ingest.IngestMetrics;
import io.latchkey.audit.ingest.PartitionId;
import io.latchkey.audit.ingest.RefusedBatchException;
import io.latchkey.audit.ingest.StoreUnavailableException;
import io.latchkey.audit.ingest.kafka.RecordReader.Illegible;
import io.latchkey.audit.ingest.kafka.RecordReader.Legible;
import io.latchkey.audit.ingest.kafka.RecordReader.Reading;
import io.latchkey.audit.trail.AuditEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/**
 * Takes what one poll brought into the trail: what is readable in one transaction, the rest out of
 * the way first, and an event in its place that says so. Where the database refuses a batch for its
 * content, halves of it are tried, down to the culprit, which is set aside; the others are none the
 * worse for it.
 */
@Component
class BatchRecorder {
    private static final String REFUSED = "refused by the database";

    private final RecordReader reader;
    private final SetAside setAside;
    private final IngestMetrics metrics;

    BatchRecorder(RecordReader reader, SetAside setAside, IngestMetrics metrics) {
        this.reader = reader;
        this.setAside = setAside;
        this.metrics = metrics;
    }

    /**
     * Records a poll. After an exception nothing beyond the stored offsets counts as read.
     *
     * @param polled of each partition in the order of offsets
     */
    void record(
            AppendSession session,
            Map<TopicPartition, PartitionId> partitions,
            List<ConsumerRecord<byte[], byte[]>> polled) {
        var readings = polled.stream().map(reader::read).toList();
        var unreadable =
                readings.stream()
                        .filter(Illegible.class::isInstance)
                        .map(Illegible.class::cast)
                        .toList();
        setAside.setAside(unreadable);
        append(session, partitions, readings);
    }

    private void append(
            AppendSession session,
            Map<TopicPartition, PartitionId> partitions,
            List<Reading> readings) {
        var batch = batch(partitions, readings);
        try {
            var fresh = session.append(batch);
            var unreadable = (int) readings.stream().filter(Illegible.class::isInstance).count();
            metrics.appended(fresh, batch.events().size() - fresh);
            metrics.setAside(unreadable);
        } catch (RefusedBatchException e) {
            if (readings.size() == 1) {
                if (readings.getFirst() instanceof Illegible) {
                    // Nothing of the record is in it: what is wrong is the database
                    throw new StoreUnavailableException("cannot even store what failed", e);
                }
                var culprit = new Illegible(readings.getFirst().polled(), REFUSED);
                setAside.setAside(List.of(culprit));
                append(session, partitions, List.of(culprit));
            } else {
                var half = readings.size() / 2;
                append(session, partitions, readings.subList(0, half));
                append(session, partitions, readings.subList(half, readings.size()));
            }
        }
    }

    private static AuditBatch batch(
            Map<TopicPartition, PartitionId> partitions, List<Reading> readings) {
        var offsets = new HashMap<PartitionId, Long>();
        var events = new ArrayList<AuditEvent>(readings.size());
        for (var reading : readings) {
            var polled = reading.polled();
            var partition = partitions.get(new TopicPartition(polled.topic(), polled.partition()));
            if (partition == null) {
                throw new IllegalStateException("read from a partition that is not assigned");
            }
            offsets.merge(partition, polled.offset() + 1, Long::max);
            events.add(
                    switch (reading) {
                        case Legible legible -> legible.event();
                        case Illegible illegible -> SetAsideEvents.of(illegible, partition);
                    });
        }
        return new AuditBatch(events, offsets);
    }
}
