package io.latchkey.mail.render;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.latchkey.events.EmailAddress;
import io.latchkey.events.LinkId;
import io.latchkey.events.LinkRequested;
import io.latchkey.events.secret.EmailCode;
import io.latchkey.events.secret.LinkToken;
import io.latchkey.events.secret.MailKeyRing;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.stereotype.Service;

/**
 * Makes the mail that an order asks for; the same mail at every call. Templates have no logic and
 * escape whatever they are given, so that nothing a caller wrote becomes markup; what goes into a
 * header is one line.
 */
@Service
public class MailRenderer {
    private final MailKeyRing ring;
    private final SenderProperties sender;
    private final Template html = template("mail/sign-in.html", true);
    private final Template text = template("mail/sign-in.txt", false);

    MailRenderer(MailKeyRing ring, SenderProperties sender) {
        this.ring = ring;
        this.sender = sender;
    }

    private static Template template(String name, boolean escape) {
        try (var reader =
                new InputStreamReader(
                        Objects.requireNonNull(
                                MailRenderer.class.getClassLoader().getResourceAsStream(name),
                                name),
                        StandardCharsets.UTF_8)) {
            return Mustache.compiler().escapeHTML(escape).compile(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                sender.from(),
                branding.replyTo(),
                words.subject(),
                lines(text.execute(words)),
                lines(html.execute(words)),
                "<" + linkId + "@" + sender.domain() + ">",
                texts.locale(),
                code);
    }

    private static String lines(String rendered) {
        return rendered.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
