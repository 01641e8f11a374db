package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.kafka.RecordReader.Illegible;
import io.latchkey.events.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Puts records that nobody can read out of the way. Those of the security events go to their
 * dead-letter topic; those of other topics have a consumer of their own that does so, and are only
 * logged here.
 */
@Component
class SetAside {
    private static final Logger log = LoggerFactory.getLogger(SetAside.class);
    private static final String OURS = Topics.SECURITY_EVENTS.topic();

    private final KafkaTemplate<byte[], byte[]> kafka;

    SetAside(KafkaTemplate<byte[], byte[]> kafka) {
        this.kafka = kafka;
    }

    /**
     * Returns once the broker has all that it must have.
     *
     * @throws CompletionException if it did not take one: the offsets must not move
     */
    void setAside(List<Illegible> records) {
        report(records);
        records.stream()
                .filter(each -> each.polled().topic().equals(OURS))
                .map(this::publish)
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** One line for all of a batch that share topic and reason: a flood must not fill the disk. */
    private static void report(List<Illegible> records) {
        records.stream()
                .collect(
                        Collectors.groupingBy(each -> each.polled().topic() + '\0' + each.reason()))
                .values()
                .forEach(
                        same ->
                                log.atWarn()
                                        .addKeyValue("topic", same.getFirst().polled().topic())
                                        .addKeyValue(
                                                "partition", same.getFirst().polled().partition())
                                        .addKeyValue("offset", same.getFirst().polled().offset())
                                        .addKeyValue("reason", same.getFirst().reason())
                                        .addKeyValue("count", same.size())
                                        .log("unreadable records set aside; the first is named"));
    }

    private CompletableFuture<?> publish(Illegible record) {
        return kafka.send(whole(record))
                .exceptionallyCompose(
                        failure ->
                                isTooLarge(failure)
                                        ? kafka.send(withoutContent(record))
                                        : CompletableFuture.failedFuture(failure));
    }

    private static ProducerRecord<byte[], byte[]> whole(Illegible record) {
        var polled = record.polled();
        var letter =
                new ProducerRecord<>(
                        Topics.deadLetterTopicOf(polled.topic()),
                        null,
                        null,
                        polled.key(),
                        polled.value(),
                        polled.headers());
        letter.headers().remove(Topics.REASON_HEADER);
        return withReason(letter, record.reason());
    }

    /** What came compressed may be too large as it is; then its place is all that is kept. */
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

    private static boolean isTooLarge(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }
}
