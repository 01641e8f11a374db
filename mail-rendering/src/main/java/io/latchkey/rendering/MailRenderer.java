package io.latchkey.rendering;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.secret.EmailCode;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.events.secret.MailKeyRing;
import io.latchkey.events.secret.MessageIds;

/**
 * Makes the mail that an order asks for; the same mail at every call. Templates have no logic and
 * escape whatever they are given, so that nothing a caller wrote becomes markup; what goes into a
 * header is one line.
 */
public final class MailRenderer {
    private final MailTemplates templates = new MailTemplates();
    private final MailKeyRing ring;
    private final String from;

    /**
     * @param from bare address of the sender
     */
    public MailRenderer(MailKeyRing ring, String from) {
        this.ring = ring;
        this.from = from;
    }

    /**
     * @param recipient that of the order, parsed
     * @throws IllegalArgumentException if the ring lacks the order's kid
     */
    public Mail render(LinkRequested order, LinkId linkId, EmailAddress recipient) {
        var branding = Branding.of(order.app());
        var texts = MailTexts.in(order.locale());
        var code = EmailCode.of(linkId, order.kid(), ring);
        var url = order.confirmUrlBase() + LinkToken.of(linkId, order.kid(), ring);
        var words = MailWords.of(order, branding, texts, url, code);
        return new Mail(
                recipient,
                branding.fromName(),
                from,
                branding.replyTo(),
                words.subject(),
                templates.text(words),
                templates.html(words),
                MessageIds.of(linkId, order.kid(), domain(), ring),
                texts.locale(),
                code);
    }

    private String domain() {
        return from.substring(from.indexOf('@') + 1);
    }
}
