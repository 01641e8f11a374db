package io.latchkey.rendering;

import io.latchkey.events.LinkRequested;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the templates may say; each component is a name in them. All of it is plain text.
 *
 * @param font families of CSS
 * @param colon as the language writes it behind a label
 * @param paragraphs what the mail says first: ours, or the caller's lines
 * @param textParagraphs likewise, where there is no button to speak of
 * @param facts when, and as far as known where and with what, the mail was asked for
 * @param footer the caller's last lines; often none
 */
record MailWords(
        String lang,
        String font,
        String colon,
        String subject,
        String headline,
        List<String> paragraphs,
        List<String> textParagraphs,
        String button,
        String url,
        String codeHint,
        String code,
        String life,
        List<Fact> facts,
        String notYou,
        List<String> footer,
        String appName,
        String initials,
        @Nullable String logoUrl,
        String color,
        String inkColor,
        String edge,
        String darkEdge) {

    /** A line of a table of two columns. */
    record Fact(String label, String value) {}

    /** For the template, which cannot ask a list. */
    boolean hasFooter() {
        return !footer.isEmpty();
    }

    /** Likewise: a name may have neither letter nor digit. */
    boolean hasInitials() {
        return !initials.isEmpty();
    }

    static MailWords of(
            LinkRequested order, Branding branding, MailTexts texts, String url, String code) {
        var app = branding.appName();
        var wished = order.mail();
        return new MailWords(
                texts.locale().getLanguage(),
                texts.font(),
                texts.get("colon"),
                line(wished.subject()).orElseGet(() -> texts.get("subject", app)),
                line(wished.headline()).orElseGet(() -> texts.get("headline", app)),
                lines(wished.body()).orElseGet(() -> List.of(texts.get("body", app))),
                lines(wished.body()).orElseGet(() -> List.of(texts.get("body.text", app))),
                line(wished.button()).orElseGet(() -> texts.get("button")),
                url,
                texts.get("code"),
                code,
                texts.life(order.expiresIn()),
                facts(order, texts),
                texts.get("not-you"),
                lines(wished.footer()).orElse(List.of()),
                app,
                branding.initials(),
                branding.logoUrl(),
                branding.color(),
                branding.inkColor(),
                branding.edge(),
                branding.darkEdge());
    }

    private static List<Fact> facts(LinkRequested order, MailTexts texts) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact(texts.get("asked"), texts.time(order.requestedAt())));
        line(order.context().ip()).ifPresent(ip -> facts.add(new Fact(texts.get("from"), ip)));
        Optional.ofNullable(order.context().userAgent())
                .flatMap(Browser::of)
                .map(browser -> texts.get("browser", browser.name(), browser.system()))
                .ifPresent(browser -> facts.add(new Fact(texts.get("device"), browser)));
        return List.copyOf(facts);
    }

    private static Optional<String> line(@Nullable String wished) {
        return Optional.ofNullable(wished).map(PlainText::line).filter(text -> !text.isEmpty());
    }

    private static Optional<List<String>> lines(@Nullable String wished) {
        return Optional.ofNullable(wished).filter(text -> !text.isBlank()).map(PlainText::lines);
    }
}
