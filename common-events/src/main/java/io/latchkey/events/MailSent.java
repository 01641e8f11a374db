package io.latchkey.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A relay has taken the mail. At most once a link in normal running.
 *
 * @param attempt counted from 1
 * @param relay name of the relay, such as {@code smtp.example.com:587}
 * @param smtpReply the relay's answer, without addresses
 * @param sentAt when the relay took it, by the worker's clock: the start of the link's life
 * @param tookMs milliseconds that the hand-over took
 */
public record MailSent(
        EventContext context,
        int attempt,
        String relay,
        @Nullable String smtpReply,
        Instant sentAt,
        long tookMs)
        implements MailEvent {}
