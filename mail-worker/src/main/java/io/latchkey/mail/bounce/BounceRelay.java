package io.latchkey.mail.bounce;

import io.latchkey.events.MailBounced;

/** Publishes bounces. */
public interface BounceRelay {
    /**
     * Returns when it is kept for good. The same bounce is the same event, whichever worker reads
     * it and however often.
     *
     * @throws UnpublishedBounceException if it is not, or may not be
     */
    void publish(MailBounced bounce) throws UnpublishedBounceException;
}
