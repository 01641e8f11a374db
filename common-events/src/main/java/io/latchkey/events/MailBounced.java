package io.latchkey.events;

import org.jspecify.annotations.Nullable;

/**
 * A mail that a relay had taken came back, or its reader has complained of it. The context's reason
 * is one of the words below.
 *
 * @param attempts that were made to hand it over; 0 where whoever tells does not know
 * @param failureClass {@code class} in JSON
 * @param status enhanced status code of RFC 3463, such as {@code 5.1.1}
 */
public record MailBounced(
        EventContext context, int attempts, FailureClass failureClass, @Nullable String status)
        implements MailEvent {
    /** The mailbox will not take the next mail either. */
    public static final String HARD_BOUNCE = "hard_bounce";

    /** Nobody could deliver this one for a time. */
    public static final String SOFT_BOUNCE = "soft_bounce";

    /** Somebody has reported the mail as unwanted. */
    public static final String COMPLAINT = "complaint";

    /** A bounce of which nothing else is known. */
    public static MailBounced of(LinkId link, FailureClass failureClass, @Nullable String status) {
        var reason = failureClass == FailureClass.PERMANENT ? HARD_BOUNCE : SOFT_BOUNCE;
        return new MailBounced(about(link, reason), 0, failureClass, status);
    }

    /** A complaint: nothing is wrong with the mailbox, so there is no status. */
    public static MailBounced complaint(LinkId link) {
        return new MailBounced(about(link, COMPLAINT), 0, FailureClass.PERMANENT, null);
    }

    private static EventContext about(LinkId link, String reason) {
        return EventContext.of(null, null, null)
                .withLink(link)
                .withOutcome(Outcome.FAILURE, reason);
    }
}
