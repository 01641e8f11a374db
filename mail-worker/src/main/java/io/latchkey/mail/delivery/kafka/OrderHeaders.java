package io.latchkey.mail.delivery.kafka;

import io.latchkey.mail.platform.TextHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What an order carries with it on its way back, beside what auth-api wrote. Text in UTF-8. */
final class OrderHeaders {
    /** Attempts made so far, decimal. Absent on a new order. */
    static final String ATTEMPTS = "attempts";

    /** Not to be worked on before; RFC 3339. */
    static final String DUE_AT = "due-at";

    private static final int MOST_ATTEMPTS = 1_000_000;

    private OrderHeaders() {}

    /** Empty where somebody wrote no number that we would. */
    static Optional<Integer> attempts(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(
                            TextHeaders.text(record.headers(), ATTEMPTS)
                                    .map(Integer::parseInt)
                                    .orElse(0))
                    .filter(attempts -> attempts >= 0 && attempts <= MOST_ATTEMPTS);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Long ago where there is none, or none that can be read: it is then due at once. */
    static Instant dueAt(ConsumerRecord<byte[], byte[]> record) {
        try {
            return TextHeaders.text(record.headers(), DUE_AT)
                    .map(Instant::parse)
                    .orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
