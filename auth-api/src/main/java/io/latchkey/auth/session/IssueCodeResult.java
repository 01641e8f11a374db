package io.latchkey.auth.session;

/** What an app gets that asks who is signed in on our pages. */
public sealed interface IssueCodeResult {
    /**
     * An authorization code.
     *
     * @param code good for one redemption within 60 seconds
     */
    record Issued(String code) implements IssueCodeResult {}

    /** This browser's session has given as many codes lately as it may. */
    record TooOften() implements IssueCodeResult {}
}
