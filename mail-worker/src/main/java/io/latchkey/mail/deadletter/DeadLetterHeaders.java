package io.latchkey.mail.deadletter;

import io.latchkey.events.EventId;
import io.latchkey.events.LinkId;
import io.latchkey.events.wire.Topics;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** A dead letter as headers of its record, whose value is the order as it came. */
public final class DeadLetterHeaders {
    private static final String ATTEMPTS = "attempts";
    private static final String FAILED_AT = "failed-at";
    private static final String LINK_ID = "link-id";
    private static final String DELIVER_BY = "deliver-by";

    private DeadLetterHeaders() {}

    public static Map<String, Object> of(DeadLetter letter) {
        return Map.of(
                Topics.REASON_HEADER,
                letter.reason(),
                ATTEMPTS,
                letter.attempts(),
                FAILED_AT,
                letter.failedAt(),
                LINK_ID,
                letter.linkId(),
                DELIVER_BY,
                letter.deliverBy());
    }

    /** Empty where somebody wrote what we would not. */
    public static Optional<DeadLetter> read(String key, Function<String, Optional<String>> header) {
        try {
            return Optional.of(
                    new DeadLetter(
                            EventId.parse(key),
                            LinkId.parse(header.apply(LINK_ID).orElseThrow()),
                            header.apply(Topics.REASON_HEADER).orElseThrow(),
                            Integer.parseInt(header.apply(ATTEMPTS).orElseThrow()),
                            Instant.parse(header.apply(FAILED_AT).orElseThrow()),
                            Instant.parse(header.apply(DELIVER_BY).orElseThrow())));
        } catch (IllegalArgumentException | DateTimeException | NoSuchElementException e) {
            return Optional.empty();
        }
    }
}
