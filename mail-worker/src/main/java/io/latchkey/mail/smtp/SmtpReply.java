package io.latchkey.mail.smtp;

import io.latchkey.events.FailureClass;
import org.jspecify.annotations.Nullable;

/** How a relay answered a hand-over, or that it did not. */
public sealed interface SmtpReply {
    /** As the relay said it, without addresses, links and codes; absent where it said nothing. */
    @Nullable String text();

    /** The relay has taken the mail. */
    record Accepted(@Nullable String text) implements SmtpReply {}

    /**
     * @param reason stable word in snake case
     */
    record Failed(FailureClass failureClass, String reason, @Nullable String text)
            implements SmtpReply {}
}
