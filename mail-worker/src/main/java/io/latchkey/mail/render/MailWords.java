package io.latchkey.mail.render;

import io.latchkey.events.LinkRequested;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the templates may say; each component is a name in them. All of it is plain text.
 *
 * @param paragraphs what the mail says first: ours, or the caller's lines
 * @param asked when, and as far as known where, the mail was asked for
 * @param footer the caller's last lines; often none
 */
record MailWords(
        String lang,
        String subject,
        String headline,
        List<String> paragraphs,
        String button,
        String url,
        String codeHint,
        String code,
        String life,
        String asked,
        String notYou,
        List<String> footer,
        String appName,
        @Nullable String logoUrl,
        String color,
        String inkColor) {
    /** For the template, which cannot ask a list. */
    boolean hasFooter() {
        return !footer.isEmpty();
    }

    static MailWords of(
            LinkRequested order, Branding branding, MailTexts texts, String url, String code) {
        var app = branding.appName();
        var wished = order.mail();
        return new MailWords(
                texts.locale().getLanguage(),
                line(wished.subject()).orElseGet(() -> texts.get("subject", app)),
                line(wished.headline()).orElseGet(() -> texts.get("headline", app)),
                lines(wished.body()).orElseGet(() -> List.of(texts.get("body", app))),
                line(wished.button()).orElseGet(() -> texts.get("button")),
                url,
                texts.get("code"),
                code,
                texts.life(order.expiresIn()),
                asked(order, texts),
                texts.get("not-you"),
                lines(wished.footer()).orElse(List.of()),
                app,
                branding.logoUrl(),
                branding.color(),
                branding.inkColor());
    }

    private static String asked(LinkRequested order, MailTexts texts) {
        var time = texts.time(order.requestedAt());
        var ip = order.context().ip();
        var browser = Optional.ofNullable(order.context().userAgent()).flatMap(Browser::of);
        if (ip == null) {
            return browser.map(b -> texts.get("asked.browser", time, b.name(), b.system()))
                    .orElseGet(() -> texts.get("asked", time));
        }
        var address = PlainText.line(ip);
        return browser.map(b -> texts.get("asked.both", time, address, b.name(), b.system()))
                .orElseGet(() -> texts.get("asked.ip", time, address));
    }

    private static Optional<String> line(@Nullable String wished) {
        return Optional.ofNullable(wished).map(PlainText::line).filter(text -> !text.isEmpty());
    }

    private static Optional<List<String>> lines(@Nullable String wished) {
        return Optional.ofNullable(wished).filter(text -> !text.isBlank()).map(PlainText::lines);
    }
}
