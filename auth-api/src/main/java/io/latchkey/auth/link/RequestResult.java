package io.latchkey.auth.link;

import io.latchkey.auth.limit.Budget;
import io.latchkey.events.LinkId;
import java.time.Instant;

/** What became of a request for a link. */
public sealed interface RequestResult {
    /**
     * Durably accepted, now or by the same request before.
     *
     * @param expiresAt the latest possible end
     * @param budget what its limits have left; none of a repeated request
     */
    record Accepted(LinkId linkId, Instant expiresAt, Budget budget) implements RequestResult {}

    /** A limit is reached; so for known and unknown addresses. */
    record RateLimited(Budget budget) implements RequestResult {}

    /** The redirect URI is not registered for the app. */
    record RedirectNotAllowed() implements RequestResult {}

    /** The idempotency key came with another body before. */
    record KeyConflict() implements RequestResult {}

    /** Sign-up is closed; so for every address. */
    record SignUpClosed() implements RequestResult {}
}
