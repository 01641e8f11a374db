package io.latchkey.mail.delivery;

import io.latchkey.events.MailAbandoned;
import io.latchkey.events.MailAttemptFailed;
import io.latchkey.events.MailSent;
import io.latchkey.mail.deadletter.DeadLetter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of an order, and so what is to be published before it may be acknowledged. */
public sealed interface DeliveryResult {
    /**
     * A relay has the mail: the end of the order.
     *
     * @param failures of the relays that were tried before
     */
    record Mailed(List<MailAttemptFailed> failures, MailSent event) implements DeliveryResult {}

    /**
     * To be tried again, at {@code dueAt}.
     *
     * @param failures of this time, at least one
     */
    record Retried(List<MailAttemptFailed> failures, RetryStep step, Instant dueAt)
            implements DeliveryResult {}

    /**
     * The end of the order without a mail.
     *
     * @param failures of this time; none where no relay was tried
     */
    record GivenUp(List<MailAttemptFailed> failures, MailAbandoned event, DeadLetter deadLetter)
            implements DeliveryResult {}

    /** Cannot be delivered now; comes back at {@code dueAt}, and no attempt is counted. */
    record Held(Instant dueAt) implements DeliveryResult {}

    /**
     * The link ended before its mail: the end of the order, and nothing to be tried again.
     *
     * @param event where the link's own end does not say it already
     */
    record Ended(@Nullable MailAbandoned event) implements DeliveryResult {}

    /**
     * No order of ours.
     *
     * @param reason for the {@code reason} header of the dead-letter topic
     */
    record SetAside(String reason) implements DeliveryResult {}
}
