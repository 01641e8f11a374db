package io.latchkey.events;

/**
 * A link was accepted, and nothing is mailed: sign-in of an unknown or blocked user, or, with a
 * reason, an address whose mailbox has refused a mail or whose owner has complained of one.
 */
public record LinkSuppressed(EventContext context, Intent intent) implements SecurityEvent {}
