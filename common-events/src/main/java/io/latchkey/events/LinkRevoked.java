package io.latchkey.events;

/** A link ended before its time. */
public record LinkRevoked(EventContext context, RevokedBy by) implements SecurityEvent {}
