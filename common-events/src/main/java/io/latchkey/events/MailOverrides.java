package io.latchkey.events;

import org.jspecify.annotations.Nullable;

/**
 * Words of the mail that the caller chose. Plain text: shown as written, never markup, header or
 * template.
 */
public record MailOverrides(
        @Nullable String subject,
        @Nullable String headline,
        @Nullable String body,
        @Nullable String button,
        @Nullable String footer) {
    public static final MailOverrides NONE = new MailOverrides(null, null, null, null, null);

    /** These words, and of the others those that these leave open. */
    public MailOverrides orElse(MailOverrides others) {
        return new MailOverrides(
                subject == null ? others.subject : subject,
                headline == null ? others.headline : headline,
                body == null ? others.body : body,
                button == null ? others.button : button,
                footer == null ? others.footer : footer);
    }
}
