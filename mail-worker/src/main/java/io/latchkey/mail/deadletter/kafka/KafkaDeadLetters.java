package io.latchkey.mail.deadletter.kafka;

import io.latchkey.events.AdminActed;
import io.latchkey.events.EventContext;
import io.latchkey.events.EventId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.MailRequeued;
import io.latchkey.events.Outcome;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.secret.OrderSeal;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.Topics;
import io.latchkey.events.wire.UnreadableEventException;
import io.latchkey.mail.deadletter.DeadLetter;
import io.latchkey.mail.deadletter.DeadLetterStore;
import io.latchkey.mail.deadletter.DeadLettersUnavailableException;
import io.latchkey.mail.deadletter.PoisonRecord;
import io.latchkey.mail.deadletter.ReplayResult;
import io.latchkey.mail.platform.SealedEvents;
import io.latchkey.mail.platform.TextHeaders;
import io.latchkey.mail.platform.WholeTopic;
import io.latchkey.mail.platform.WholeTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Looks at dead letters in an index of their topic. A change is one transaction, under an id that
 * all workers share: whoever begins one ends those of others, and reads the topic to its end before
 * it decides, so that of two that replay the same letter the second finds it gone.
 */
@Component
class KafkaDeadLetters implements DeadLetterStore, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(KafkaDeadLetters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final LetterIndex index = new LetterIndex();
    private final CloudEventCodec codec = new CloudEventCodec();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final WholeTopic topic;
    private final WholeTopics topics;
    private final Transactions transactions;
    private final PoisonRecords poisonRecords;
    private final SealedEvents sealedEvents;
    private final MailKeyRing ring;
    private final InstantSource clock;
    private volatile boolean running;

    KafkaDeadLetters(
            WholeTopics topics,
            Transactions transactions,
            PoisonRecords poisonRecords,
            SealedEvents sealedEvents,
            MailKeyRing ring,
            InstantSource clock) {
        this.topics = topics;
        this.transactions = transactions;
        this.poisonRecords = poisonRecords;
        this.sealedEvents = sealedEvents;
        this.ring = ring;
        this.clock = clock;
        this.topic = topics.of(Topics.DEAD_LETTERS.topic(), index::read);
    }

    @Override
    public List<DeadLetter> list(Optional<EventId> after, int atMost) {
        if (!topic.isComplete()) {
            throw new DeadLettersUnavailableException(
                    new IllegalStateException("they are being read"));
        }
        index.forget(clock.instant().minus(Topics.DEAD_LETTERS.retention()));
        return index.list(after, atMost);
    }

    @Override
    public List<PoisonRecord> poison(int atMost) {
        try {
            return poisonRecords.newest(atMost);
        } catch (KafkaException e) {
            throw new DeadLettersUnavailableException(e);
        }
    }

    /** What is done in a transaction, having seen all that was written before it. */
    private interface Change<T> {
        T make(Transactions.Transaction transaction, KafkaConsumer<byte[], byte[]> consumer);
    }

    private <T> T change(Change<T> change) {
        oneAtATime.lock();
        try (var transaction = transactions.begin();
                var consumer = topics.consumer()) {
            topic.catchUp(consumer, PATIENCE);
            var result = change.make(transaction, consumer);
            transaction.commit();
            seeWhatWasDone(consumer);
            return result;
        } catch (KafkaException | IllegalStateException e) {
            throw new DeadLettersUnavailableException(e);
        } finally {
            oneAtATime.unlock();
        }
    }

    /** It is done, whether or not it is seen here at once. */
    private void seeWhatWasDone(KafkaConsumer<byte[], byte[]> consumer) {
        try {
            topic.catchUp(consumer, PATIENCE);
        } catch (KafkaException | IllegalStateException e) {
            log.atDebug().setCause(e).log("cannot see yet what became of dead letters");
        }
    }

    @Override
    public List<ReplayResult> replay(List<EventId> ids, String requestId) {
        return change(
                (transaction, consumer) -> {
                    var results =
                            ids.stream().map(id -> replay(id, transaction, consumer)).toList();
                    if (results.contains(ReplayResult.REQUEUED)) {
                        transaction.send(List.of(act("deadletter.replay", requestId)));
                    }
                    return results;
                });
    }

    private ReplayResult replay(
            EventId id,
            Transactions.Transaction transaction,
            KafkaConsumer<byte[], byte[]> consumer) {
        var entry = index.find(id);
        if (entry.isEmpty()) {
            return ReplayResult.UNKNOWN;
        }
        var kept = fetch(entry.get(), consumer);
        var order = kept.flatMap(this::order);
        if (order.isEmpty()) {
            return ReplayResult.UNKNOWN;
        }
        if (!clock.instant().isBefore(order.get().deliverBy())) {
            return ReplayResult.TOO_LATE;
        }
        var attempts = entry.get().letter().attempts();
        var event =
                new MailRequeued(
                        order.get().context().withOutcome(Outcome.SUCCESS, null), attempts);
        var requeued = new ArrayList<ProducerRecord<byte[], byte[]>>();
        requeued.add(sealedEvents.record(event));
        requeued.add(due(kept.get(), order.get()));
        requeued.add(tombstone(kept.get()));
        transaction.send(requeued);
        return ReplayResult.REQUEUED;
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> fetch(
            LetterIndex.Entry entry, KafkaConsumer<byte[], byte[]> consumer) {
        var partition = new TopicPartition(Topics.DEAD_LETTERS.topic(), entry.partition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, entry.offset());
        return consumer.poll(PATIENCE).records(partition).stream()
                .filter(record -> record.offset() == entry.offset())
                .findFirst();
    }

    /** Empty where it is none that auth-api has sealed. */
    private Optional<LinkRequested> order(ConsumerRecord<byte[], byte[]> record) {
        try {
            var event =
                    codec.decode(name -> TextHeaders.value(record.headers(), name), record.value())
                            .event();
            return event instanceof LinkRequested order && OrderSeal.isGenuine(order, ring)
                    ? Optional.of(order)
                    : Optional.empty();
        } catch (UnreadableEventException e) {
            return Optional.empty();
        }
    }

    /** As it came, with the count of attempts; what else was noted of it goes. */
    private static ProducerRecord<byte[], byte[]> due(
            ConsumerRecord<byte[], byte[]> letter, LinkRequested order) {
        var headers = new RecordHeaders(letter.headers());
        headers.remove(Topics.REASON_HEADER);
        var subject = order.context().subject();
        return new ProducerRecord<>(
                Topics.LINK_REQUESTS_DUE.topic(),
                null,
                subject == null ? null : subject.value().getBytes(StandardCharsets.UTF_8),
                letter.value(),
                headers);
    }

    private static ProducerRecord<byte[], byte[]> tombstone(ConsumerRecord<byte[], byte[]> letter) {
        return new ProducerRecord<>(
                letter.topic(), letter.partition(), letter.key(), (byte[]) null);
    }

    @Override
    public boolean drop(EventId id, String requestId) {
        return change(
                (transaction, consumer) -> {
                    var kept = index.find(id).flatMap(entry -> fetch(entry, consumer));
                    kept.ifPresent(
                            letter ->
                                    transaction.send(
                                            List.of(
                                                    tombstone(letter),
                                                    act("deadletter.drop", requestId))));
                    return kept.isPresent();
                });
    }

    private ProducerRecord<byte[], byte[]> act(String action, String requestId) {
        var context = EventContext.of(null, null, requestId).withOutcome(Outcome.SUCCESS, null);
        return sealedEvents.record(new AdminActed(context, action, "mail-administrator"));
    }

    @Override
    public void start() {
        topic.start();
        running = true;
    }

    @Override
    public void stop() {
        topic.close();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
