package io.latchkey.mail.relay;

import io.latchkey.events.FailureClass;
import org.jspecify.annotations.Nullable;

/** How a relay answered a hand-over, or that it did not. */
public sealed interface RelayReply {
    /** As the relay said it, without addresses, links and codes; absent where it said nothing. */
    @Nullable String text();

    /** The relay has taken the mail. */
    record Accepted(@Nullable String text) implements RelayReply {}

    /** The relay has not taken it, or, where that is ambiguous, may have. */
    record Failed(FailureClass failureClass, FailureReason reason, @Nullable String text)
            implements RelayReply {
        /** Surely not taken, and another relay may well take it. */
        boolean mayTryAnother() {
            return failureClass == FailureClass.TRANSIENT
                    || reason == FailureReason.SMTPUTF8_UNSUPPORTED;
        }
    }
}
