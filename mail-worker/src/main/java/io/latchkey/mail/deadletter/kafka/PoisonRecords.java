package io.latchkey.mail.deadletter.kafka;

import io.latchkey.events.wire.Topics;
import io.latchkey.mail.deadletter.PoisonRecord;
import io.latchkey.mail.platform.TextHeaders;
import io.latchkey.mail.platform.WholeTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/** Looks at what was set aside, without what it holds: nobody knows what that is. */
@Component
class PoisonRecords {
    private static final List<Topics> TOPICS =
            List.of(Topics.LINK_REQUESTS_DLT, Topics.LINK_REQUESTS_DUE_DLT);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int LONGEST_REASON = 200;
    private final WholeTopics topics;

    PoisonRecords(WholeTopics topics) {
        this.topics = topics;
    }

    List<PoisonRecord> newest(int atMost) {
        var found = new ArrayList<PoisonRecord>();
        try (var consumer = topics.consumer()) {
            for (var topic : TOPICS) {
                found.addAll(newest(new TopicPartition(topic.topic(), 0), atMost, consumer));
            }
        }
        found.sort(Comparator.comparing(PoisonRecord::setAsideAt).reversed());
        return found;
    }

    private static List<PoisonRecord> newest(
            TopicPartition partition, int atMost, KafkaConsumer<byte[], byte[]> consumer) {
        var partitions = List.of(partition);
        var end = consumer.endOffsets(partitions, PATIENCE).getOrDefault(partition, 0L);
        var begin = consumer.beginningOffsets(partitions, PATIENCE).getOrDefault(partition, 0L);
        consumer.assign(partitions);
        consumer.seek(partition, Math.max(begin, end - atMost));
        var found = new ArrayList<PoisonRecord>();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition, PATIENCE) < end && System.nanoTime() < deadline) {
            for (var record : consumer.poll(Duration.ofMillis(200))) {
                found.add(shown(record));
            }
        }
        return found;
    }

    private static PoisonRecord shown(ConsumerRecord<byte[], byte[]> record) {
        var reason =
                TextHeaders.text(record.headers(), Topics.REASON_HEADER)
                        .filter(text -> text.length() <= LONGEST_REASON)
                        .map(text -> text.replaceAll("\\p{Cntrl}", " "))
                        .orElse("unknown");
        return new PoisonRecord(
                record.topic() + "-" + record.partition() + "@" + record.offset(),
                reason,
                Instant.ofEpochMilli(record.timestamp()));
    }
}
