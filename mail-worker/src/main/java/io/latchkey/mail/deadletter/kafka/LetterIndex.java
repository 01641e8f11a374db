package io.latchkey.mail.deadletter.kafka;

import io.latchkey.events.EventId;
import io.latchkey.mail.deadletter.DeadLetter;
import io.latchkey.mail.deadletter.DeadLetterHeaders;
import io.latchkey.mail.platform.TextHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which dead letters there are and where each lies; the orders themselves stay on Kafka. */
final class LetterIndex {
    /** A dead letter and the place of its record. */
    record Entry(DeadLetter letter, int partition, long offset) {}

    private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();

    /** The newest record of a key counts; one without a value ends it. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        var key = new String(record.key(), StandardCharsets.UTF_8);
        var letter =
                record.value() == null
                        ? Optional.<DeadLetter>empty()
                        : DeadLetterHeaders.read(
                                key, name -> TextHeaders.text(record.headers(), name));
        letter.ifPresentOrElse(
                found -> entries.put(key, new Entry(found, record.partition(), record.offset())),
                () -> entries.remove(key));
    }

    /** Forgets what the topic's retention has deleted, of which no record tells. */
    void forget(Instant failedBefore) {
        entries.values().removeIf(entry -> entry.letter().failedAt().isBefore(failedBefore));
    }

    Optional<Entry> find(EventId id) {
        return Optional.ofNullable(entries.get(id.toString()));
    }

    List<DeadLetter> list(Optional<EventId> after, int atMost) {
        var rest = after.map(id -> entries.tailMap(id.toString(), false)).orElseGet(() -> entries);
        return rest.values().stream().map(Entry::letter).limit(atMost).toList();
    }
}
