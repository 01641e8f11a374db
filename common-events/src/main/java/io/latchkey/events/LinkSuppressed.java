package io.latchkey.events;

/** A link was accepted, and nothing is mailed: sign-in of an unknown or blocked user. */
public record LinkSuppressed(EventContext context, Intent intent) implements SecurityEvent {}
