package io.latchkey.auth.suppression;

import io.latchkey.events.FailureClass;
import io.latchkey.events.MailBounced;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Why an address is not mailed for a time. */
public enum SuppressionReason {
    /** There is no such mailbox, or it takes no mail any more. */
    HARD_BOUNCE,
    /** Its owner has reported a mail of ours as unwanted. */
    COMPLAINT;

    /**
     * What is wrong with the recipient's address or mailbox for good. All else, such as a mailbox
     * that is full, a sender or a mail that is not liked, or a route that fails, may be otherwise
     * for the next mail.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc3463#section-3">RFC 3463 §3.2,
     *     §3.3</a>
     */
    private static final Pattern OF_THE_MAILBOX =
            Pattern.compile("5\\.(0\\.0|1\\.(0|1|2|3|6|10)|2\\.(0|1))");

    /** Empty for a bounce that says nothing about the next mail to the address. */
    public static Optional<SuppressionReason> of(MailBounced bounce) {
        if (MailBounced.COMPLAINT.equals(bounce.context().reason())) {
            return Optional.of(COMPLAINT);
        }
        var status = bounce.status();
        return bounce.failureClass() == FailureClass.PERMANENT
                        && (status == null || OF_THE_MAILBOX.matcher(status).matches())
                ? Optional.of(HARD_BOUNCE)
                : Optional.empty();
    }

    /** As events, rows and answers name it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
