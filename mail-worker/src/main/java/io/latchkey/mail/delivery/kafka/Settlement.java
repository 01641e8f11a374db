package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.Event;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.deadletter.DeadLetter;
import io.latchkey.mail.deadletter.DeadLetterHeaders;
import io.latchkey.mail.delivery.DeliveryResult;
import io.latchkey.mail.delivery.RetryStep;
import io.latchkey.mail.platform.SealedEvents;
import io.latchkey.mail.platform.TextHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.stereotype.Component;

/** Writes out a result: the records that must be on Kafka before the order is acknowledged. */
@Component
class Settlement {
    private static final int LONGEST_REASON = 200;

    private final SealedEvents sealedEvents;
    private final InstantSource clock;

    Settlement(SealedEvents sealedEvents, InstantSource clock) {
        this.sealedEvents = sealedEvents;
        this.clock = clock;
    }

    List<ProducerRecord<byte[], byte[]>> of(
            DeliveryResult result, ConsumerRecord<byte[], byte[]> order) {
        return switch (result) {
            case DeliveryResult.Mailed mailed -> events(mailed.failures(), mailed.event());
            case DeliveryResult.Retried retried -> retried(retried, order);
            case DeliveryResult.GivenUp givenUp -> {
                var records = events(givenUp.failures(), givenUp.event());
                records.add(deadLetter(givenUp.deadLetter(), order));
                yield records;
            }
            case DeliveryResult.Held held ->
                    List.of(
                            back(
                                    order,
                                    Topics.LINK_REQUESTS_HOLD,
                                    OrderHeaders.attempts(order).orElse(0),
                                    held.dueAt()));
            case DeliveryResult.Ended ended ->
                    ended.event() == null ? List.of() : events(List.of(), ended.event());
            case DeliveryResult.SetAside setAside -> List.of(setAside(order, setAside.reason()));
        };
    }

    private List<ProducerRecord<byte[], byte[]>> retried(
            DeliveryResult.Retried retried, ConsumerRecord<byte[], byte[]> order) {
        var last = retried.failures().getLast();
        var earlier = retried.failures().subList(0, retried.failures().size() - 1);
        var records = events(earlier, last);
        records.add(back(order, retried.step().topic(), last.attempt(), retried.dueAt()));
        return records;
    }

    private List<ProducerRecord<byte[], byte[]>> events(List<? extends Event> first, Event last) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        first.forEach(event -> records.add(sealedEvents.record(event)));
        records.add(sealedEvents.record(last));
        return records;
    }

    private static ProducerRecord<byte[], byte[]> back(
            ConsumerRecord<byte[], byte[]> order, Topics topic, int attempts, Instant dueAt) {
        var headers = new RecordHeaders(order.headers());
        TextHeaders.set(headers, OrderHeaders.ATTEMPTS, attempts);
        TextHeaders.set(headers, OrderHeaders.DUE_AT, dueAt);
        return new ProducerRecord<>(topic.topic(), null, order.key(), order.value(), headers);
    }

    /** The same order as a new record, whose deliveries are counted from 1 again. */
    ProducerRecord<byte[], byte[]> startAnew(ConsumerRecord<byte[], byte[]> order) {
        var step = RetryStep.AFTER_5_S;
        return back(
                order,
                step.topic(),
                OrderHeaders.attempts(order).orElse(0),
                clock.instant().plus(step.delay()));
    }

    private static ProducerRecord<byte[], byte[]> setAside(
            ConsumerRecord<byte[], byte[]> order, String reason) {
        var headers = new RecordHeaders(order.headers());
        TextHeaders.set(headers, Topics.REASON_HEADER, reason);
        var topic = Topics.deadLetterTopicOf(order.topic());
        return new ProducerRecord<>(topic, null, order.key(), order.value(), headers);
    }

    /**
     * All that is left to say of an order that Kafka does not take: where it lies.
     *
     * @param tooLarge what was to be published of it
     */
    static ProducerRecord<byte[], byte[]> place(
            ConsumerRecord<byte[], byte[]> order, ProducerRecord<byte[], byte[]> tooLarge) {
        var topic =
                DeliveryTopics.isOfOrders(order.topic())
                        ? Topics.deadLetterTopicOf(order.topic())
                        : Topics.LINK_REQUESTS_DUE_DLT.topic();
        var place = order.topic() + "-" + order.partition() + "@" + order.offset();
        var headers = new RecordHeaders();
        TextHeaders.set(
                headers, Topics.REASON_HEADER, reason(tooLarge) + "too large to keep: " + place);
        return new ProducerRecord<>(topic, null, (byte[]) null, (byte[]) null, headers);
    }

    /** Why it was set aside, if that is short: the header may be somebody else's. */
    private static String reason(ProducerRecord<byte[], byte[]> record) {
        var reason = TextHeaders.value(record.headers(), Topics.REASON_HEADER);
        return reason == null || reason.length > LONGEST_REASON
                ? ""
                : new String(reason, StandardCharsets.UTF_8) + "; ";
    }

    /** The order as it came, so that it can be sent on its way again; what happened in headers. */
    private static ProducerRecord<byte[], byte[]> deadLetter(
            DeadLetter letter, ConsumerRecord<byte[], byte[]> order) {
        var headers = new RecordHeaders(order.headers());
        DeadLetterHeaders.of(letter)
                .forEach((name, value) -> TextHeaders.set(headers, name, value));
        headers.remove(OrderHeaders.DUE_AT);
        var key = letter.id().toString().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(Topics.DEAD_LETTERS.topic(), null, key, order.value(), headers);
    }
}
