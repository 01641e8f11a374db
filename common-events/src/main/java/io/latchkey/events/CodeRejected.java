package io.latchkey.events;

/**
 * A wrong six-digit code was typed.
 *
 * @param triesLeft before the link dies; 0 to 4
 */
public record CodeRejected(EventContext context, int triesLeft) implements SecurityEvent {}
