package io.latchkey.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One hand-over failed.
 *
 * @param attempt counted from 1
 * @param failureClass {@code class} in JSON
 * @param smtpReply without addresses
 * @param nextAttemptAt absent where this was the last
 */
public record MailAttemptFailed(
        EventContext context,
        int attempt,
        String relay,
        FailureClass failureClass,
        @Nullable String smtpReply,
        @Nullable Instant nextAttemptAt)
        implements MailEvent {}
