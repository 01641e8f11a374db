package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.kafka.RecordReader.Illegible;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts records that nobody can read out of the way. Those of the security events go to their
 * dead-letter topic; those of other topics have a consumer of their own that does so, and are only
 * logged here.
 */
final class SetAside {
    private static final Logger log = LoggerFactory.getLogger(SetAside.class);
    private static final String OURS = Topics.SECURITY_EVENTS.topic();

    private final Supplier<Producer<byte[], byte[]>> producers;

    /**
     * @param producers gives the one to use, which is not closed here; asked when there is a letter
     */
    SetAside(Supplier<Producer<byte[], byte[]>> producers) {
        this.producers = producers;
    }

    /**
     * Returns once the broker has all that it must have.
     *
     * @throws KafkaException if it did not take one: the offsets must not move
     */
    void setAside(List<Illegible> records) {
        report(records);
        var ours = records.stream().filter(each -> each.polled().topic().equals(OURS)).toList();
        if (!ours.isEmpty()) {
            send(ours, producers.get());
        }
    }

    private static void send(List<Illegible> ours, Producer<byte[], byte[]> kafka) {
        var answers = new ArrayList<Future<?>>();
        ours.forEach(each -> answers.add(kafka.send(whole(each))));
        for (int i = 0; i < ours.size(); i++) {
            if (!isTaken(answers.get(i)) && !isTaken(kafka.send(withoutContent(ours.get(i))))) {
                throw new KafkaException("not even the place of a record fits a dead letter");
            }
        }
    }

    /** One line for all of a batch that share topic and reason: a flood must not fill the disk. */
    private static void report(List<Illegible> records) {
        records.stream()
                .collect(Collectors.groupingBy(each -> each.polled().topic() + each.reason()))
                .values()
                .forEach(
                        same -> {
                            var first = same.getFirst().polled();
                            log.atWarn()
                                    .addKeyValue("topic", first.topic())
                                    .addKeyValue("partition", first.partition())
                                    .addKeyValue("offset", first.offset())
                                    .addKeyValue("reason", same.getFirst().reason())
                                    .addKeyValue("count", same.size())
                                    .log("unreadable records set aside; the first is named");
                        });
    }

    /** False if it is too large; what came compressed may be so once it is not. */
    private static boolean isTaken(Future<?> answer) {
        try {
            answer.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw new KafkaException("dead letter not taken", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static ProducerRecord<byte[], byte[]> whole(Illegible record) {
        var polled = record.polled();
        var letter =
                new ProducerRecord<>(
                        Topics.deadLetterTopicOf(polled.topic()),
                        null,
                        polled.key(),
                        polled.value(),
                        polled.headers());
        letter.headers().remove(Topics.REASON_HEADER);
        return withReason(letter, record.reason());
    }

    private static ProducerRecord<byte[], byte[]> withoutContent(Illegible record) {
        var polled = record.polled();
        var letter =
                new ProducerRecord<byte[], byte[]>(
                        Topics.deadLetterTopicOf(polled.topic()), null, null);
        var place = polled.topic() + "-" + polled.partition() + "@" + polled.offset();
        return withReason(letter, record.reason() + "; too large to keep: " + place);
    }

    private static ProducerRecord<byte[], byte[]> withReason(
            ProducerRecord<byte[], byte[]> letter, String reason) {
        letter.headers().add(Topics.REASON_HEADER, reason.getBytes(StandardCharsets.UTF_8));
        return letter;
    }
}
