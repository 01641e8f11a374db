package io.latchkey.events;

/**
 * A mail was given up; the {@code reason} says why. A later {@link MailSent} or {@link
 * MailRequeued} corrects it.
 *
 * @param attempts that were made
 */
public record MailAbandoned(EventContext context, int attempts) implements MailEvent {}
