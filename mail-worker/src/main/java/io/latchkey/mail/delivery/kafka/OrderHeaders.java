package io.latchkey.mail.delivery.kafka;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** What an order carries with it on its way back, beside what auth-api wrote. Text in UTF-8. */
final class OrderHeaders {
    /** Attempts made so far, decimal. Absent on a new order. */
    static final String ATTEMPTS = "attempts";

    /** Not to be worked on before; RFC 3339. */
    static final String DUE_AT = "due-at";

    private static final int MOST_ATTEMPTS = 1_000_000;

    private OrderHeaders() {}

    static byte @Nullable [] value(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null ? null : header.value();
    }

    private static Optional<String> text(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(value(record.headers(), name))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Empty where somebody wrote no number that we would. */
    static Optional<Integer> attempts(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(text(record, ATTEMPTS).map(Integer::parseInt).orElse(0))
                    .filter(attempts -> attempts >= 0 && attempts <= MOST_ATTEMPTS);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Long ago where there is none, or none that can be read: it is then due at once. */
    static Instant dueAt(ConsumerRecord<byte[], byte[]> record) {
        try {
            return text(record, DUE_AT).map(Instant::parse).orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    static void set(Headers headers, String name, Object value) {
        headers.remove(name);
        headers.add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
