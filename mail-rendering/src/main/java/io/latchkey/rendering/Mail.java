package io.latchkey.rendering;

import io.latchkey.events.EmailAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One mail, ready to be sent. Holds secrets: the link and the code.
 *
 * @param to the only recipient
 * @param fromName one line, as people see it
 * @param fromAddress bare address
 * @param subject one line
 * @param text lines end with CRLF
 * @param html lines end with CRLF
 * @param messageId with its angle brackets; the same whenever the same link is mailed
 * @param code the six digits, known here so that they can be kept out of what is logged
 */
public record Mail(
        EmailAddress to,
        String fromName,
        String fromAddress,
        @Nullable EmailAddress replyTo,
        String subject,
        String text,
        String html,
        String messageId,
        Locale locale,
        String code) {
    public Mail withoutReplyTo() {
        return new Mail(
                to, fromName, fromAddress, null, subject, text, html, messageId, locale, code);
    }

    /** The id alone: everything else is private or secret. */
    @Override
    public String toString() {
        return "Mail[" + messageId + "]";
    }
}
