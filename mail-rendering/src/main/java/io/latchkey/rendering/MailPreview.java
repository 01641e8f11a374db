package io.latchkey.rendering;

import io.latchkey.events.EventContext;
import io.latchkey.events.LinkRequested;
import java.util.Locale;

/**
 * A mail as its reader would see it, with a link and a code that lead nowhere.
 *
 * @param locale the one of ours that is nearest to the order's
 */
public record MailPreview(
        String fromName, String subject, String text, String html, Locale locale) {
    private static final String NO_TOKEN = "preview";
    private static final String NO_CODE = "123456";

    /**
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc5737">RFC 5737</a>
     */
    private static final String SOME_IP = "192.0.2.1";

    private static final String SOME_USER_AGENT = "Firefox/145.0 Linux";

    /** As though somebody had asked for it, since most mails say from where. */
    public static EventContext asked(EventContext context) {
        return context.withClient(SOME_IP, SOME_USER_AGENT);
    }

    /**
     * @param order need not be sealed, nor be of a key that is known
     */
    public static MailPreview of(LinkRequested order) {
        var branding = Branding.of(order.app());
        var texts = MailTexts.in(order.locale());
        var url = order.confirmUrlBase() + NO_TOKEN;
        var words = MailWords.of(order, branding, texts, url, NO_CODE);
        var templates = new MailTemplates();
        return new MailPreview(
                branding.fromName(),
                words.subject(),
                templates.text(words),
                templates.html(words),
                texts.locale());
    }
}
