package io.latchkey.auth.link;

/** What became of a press of the button. */
public sealed interface ConfirmResult {
    /** Consumed, now or by the same browser a moment ago. */
    record Confirmed(Link link) implements ConfirmResult {}

    /** Genuine, but at its end: {@link Link#status()} says which. */
    record Dead(Link link) implements ConfirmResult {}

    /** Another browser than the one that asked: it must type the address. */
    record AddressNeeded(Link link, boolean wrong) implements ConfirmResult {}

    /** Another browser than the one that asked, which the app does not allow. */
    record WrongBrowser(Link link) implements ConfirmResult {}

    /** Malformed, forged, or forgotten. */
    record Unknown() implements ConfirmResult {}
}
