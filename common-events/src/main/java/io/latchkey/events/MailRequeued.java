package io.latchkey.events;

/**
 * A mail that was given up is tried again, on an operator's word.
 *
 * @param attempts that were made before
 */
public record MailRequeued(EventContext context, int attempts) implements MailEvent {}
