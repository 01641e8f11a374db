package io.latchkey.mail.delivery;

import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.mail.deadletter.DeadLetter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of an order, and so what is to be published before it may be acknowledged. */
public sealed interface DeliveryResult {
    /** A relay has the mail: the end of the order. */
    record Mailed(MailSent event) implements DeliveryResult {}

    /** To be tried again, at {@code dueAt}. */
    record Retried(MailAttemptFailed event, RetryStep step, Instant dueAt)
            implements DeliveryResult {}

    /**
     * The end of the order without a mail.
     *
     * @param failure of this attempt; absent where none was made
     */
    record GivenUp(@Nullable MailAttemptFailed failure, MailAbandoned event, DeadLetter deadLetter)
            implements DeliveryResult {}

    /** Cannot be judged now; comes back at {@code dueAt}, and no attempt is counted. */
    record Held(Instant dueAt) implements DeliveryResult {}

    /**
     * No order of ours.
     *
     * @param reason for the {@code reason} header of the dead-letter topic
     */
    record SetAside(String reason) implements DeliveryResult {}
}
