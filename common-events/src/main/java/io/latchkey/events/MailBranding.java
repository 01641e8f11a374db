package io.latchkey.events;

import org.jspecify.annotations.Nullable;

/**
 * How an app looks in its mails and pages.
 *
 * @param logoUrl absolute https URL
 * @param color {@code #rrggbb}
 * @param fromName display name of the sender
 * @param replyTo one mailbox
 */
public record MailBranding(
        @Nullable String logoUrl,
        @Nullable String color,
        @Nullable String fromName,
        @Nullable String replyTo) {
    public static final MailBranding NONE = new MailBranding(null, null, null, null);
}
