package io.latchkey.events;

/**
 * A link token was presented that is dead, forged, or in the wrong browser. Changes nothing; the
 * {@code reason} says why.
 */
public record LinkRejected(EventContext context) implements SecurityEvent {}
