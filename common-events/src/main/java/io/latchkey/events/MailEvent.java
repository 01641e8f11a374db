package io.latchkey.events;

/** What became of a mail; topic {@code latchkey.mail-events}. */
public sealed interface MailEvent extends Event
        permits MailSent, MailAttemptFailed, MailAbandoned, MailRequeued, MailBounced {}
