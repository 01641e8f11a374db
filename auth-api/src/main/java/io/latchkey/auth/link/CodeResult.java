package io.latchkey.auth.link;

/** What became of a six-digit code that somebody typed. */
public sealed interface CodeResult {
    /** Right: the link is consumed, now or by the same browser a moment ago. */
    record Confirmed(Link link) implements CodeResult {}

    /**
     * Wrong, and counted.
     *
     * @param triesLeft before the link dies
     */
    record Wrong(int triesLeft) implements CodeResult {}

    /** Not six digits: nothing is counted. */
    record Malformed() implements CodeResult {}

    /** Too many wrong codes for this address today; its links still work. */
    record Blocked() implements CodeResult {}

    /** The link is at its end: {@link Link#status()} says which. */
    record Dead(Link link) implements CodeResult {}
}
