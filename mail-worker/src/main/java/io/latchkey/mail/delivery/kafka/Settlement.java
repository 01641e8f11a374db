package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.EventId;
import io.latchkey.events.secret.EventSeal;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.wire.CloudEventCodec;
import io.latchkey.events.wire.EventTypes;
import io.latchkey.events.wire.Topics;
import io.latchkey.mail.deadletter.DeadLetter;
import io.latchkey.mail.delivery.DeliveryResult;
import io.latchkey.mail.delivery.RetryStep;
import io.latchkey.mail.platform.WorkerProperties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.stereotype.Component;

/**
 * Writes out a result: the records that must be on Kafka before the order is acknowledged. Events
 * get their ids here, once, so that a record published twice is the same event.
 */
@Component
class Settlement {
    private static final int LONGEST_REASON = 200;

    private final CloudEventCodec codec = new CloudEventCodec();
    private final MailKeyRing ring;
    private final String source;
    private final InstantSource clock;

    Settlement(MailKeyRing ring, WorkerProperties worker, InstantSource clock) {
        this.ring = ring;
        this.source = "mail-worker/" + worker.node();
        this.clock = clock;
    }

    List<ProducerRecord<byte[], byte[]>> of(
            DeliveryResult result, ConsumerRecord<byte[], byte[]> order) {
        return switch (result) {
            case DeliveryResult.Mailed mailed -> List.of(event(mailed.event()));
            case DeliveryResult.Retried retried ->
                    List.of(
                            event(retried.event()),
                            back(
                                    order,
                                    retried.step().topic(),
                                    retried.event().attempt(),
                                    retried.dueAt()));
            case DeliveryResult.GivenUp givenUp -> givenUp(givenUp, order);
            case DeliveryResult.Held held ->
                    List.of(
                            back(
                                    order,
                                    Topics.LINK_REQUESTS_HOLD,
                                    OrderHeaders.attempts(order).orElse(0),
                                    held.dueAt()));
            case DeliveryResult.SetAside setAside -> List.of(setAside(order, setAside.reason()));
        };
    }

    private List<ProducerRecord<byte[], byte[]>> givenUp(
            DeliveryResult.GivenUp result, ConsumerRecord<byte[], byte[]> order) {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        if (result.failure() != null) {
            records.add(event(result.failure()));
        }
        records.add(event(result.event()));
        records.add(deadLetter(result.deadLetter(), order));
        return records;
    }

    private ProducerRecord<byte[], byte[]> event(Event event) {
        var id = EventId.next();
        var time = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var encoded = codec.encode(new EventEnvelope<>(id, source, time, event));
        var data = encoded.data().getBytes(StandardCharsets.UTF_8);
        var headers = new RecordHeaders();
        encoded.headers().forEach((name, value) -> OrderHeaders.set(headers, name, value));
        OrderHeaders.set(
                headers,
                CloudEventCodec.SEAL,
                EventSeal.of(id.toString(), EventTypes.typeOf(event.getClass()), data, ring));
        var key = encoded.key() == null ? null : encoded.key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(encoded.topic(), null, key, data, headers);
    }

    private static ProducerRecord<byte[], byte[]> back(
            ConsumerRecord<byte[], byte[]> order, Topics topic, int attempts, Instant dueAt) {
        var headers = new RecordHeaders(order.headers());
        OrderHeaders.set(headers, OrderHeaders.ATTEMPTS, attempts);
        OrderHeaders.set(headers, OrderHeaders.DUE_AT, dueAt);
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
        OrderHeaders.set(headers, Topics.REASON_HEADER, reason);
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
        OrderHeaders.set(
                headers, Topics.REASON_HEADER, reason(tooLarge) + "too large to keep: " + place);
        return new ProducerRecord<>(topic, null, (byte[]) null, (byte[]) null, headers);
    }

    /** Why it was set aside, if that is short: the header may be somebody else's. */
    private static String reason(ProducerRecord<byte[], byte[]> record) {
        var reason = OrderHeaders.value(record.headers(), Topics.REASON_HEADER);
        return reason == null || reason.length > LONGEST_REASON
                ? ""
                : new String(reason, StandardCharsets.UTF_8) + "; ";
    }

    /** The order as it came, so that it can be sent on its way again; what happened in headers. */
    private static ProducerRecord<byte[], byte[]> deadLetter(
            DeadLetter letter, ConsumerRecord<byte[], byte[]> order) {
        var headers = new RecordHeaders(order.headers());
        OrderHeaders.set(headers, Topics.REASON_HEADER, letter.reason());
        OrderHeaders.set(headers, OrderHeaders.ATTEMPTS, letter.attempts());
        OrderHeaders.set(headers, "failed-at", letter.failedAt());
        OrderHeaders.set(headers, "link-id", letter.linkId());
        headers.remove(OrderHeaders.DUE_AT);
        var key = letter.id().toString().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(Topics.DEAD_LETTERS.topic(), null, key, order.value(), headers);
    }
}
