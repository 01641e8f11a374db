package io.latchkey.auth.link;

import io.latchkey.auth.limit.Budget;
import io.latchkey.events.LinkId;

/** What became of a wish to see a mail arrive. */
public sealed interface TestLinkResult {
    /** Durably accepted. */
    record Accepted(LinkId linkId) implements TestLinkResult {}

    /** A limit of the address is reached. */
    record RateLimited(Budget budget) implements TestLinkResult {}
}
