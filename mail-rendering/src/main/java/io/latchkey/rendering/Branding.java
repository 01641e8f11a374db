package io.latchkey.rendering;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.MailApp;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An app's looks, as far as they can be used: what is no colour, no https address or no mailbox is
 * left out.
 *
 * @param initials one or two letters, for an app without a logo; empty where its name has none
 * @param color {@code #rrggbb} behind the button
 * @param inkColor {@code #rrggbb} on the button: whichever of black and white is easier to read
 * @param edge {@code #rrggbb} around the button: its colour, or what is seen where that is not
 * @param darkEdge likewise in the dark
 */
record Branding(
        String appName,
        String fromName,
        String initials,
        @Nullable EmailAddress replyTo,
        @Nullable String logoUrl,
        String color,
        String inkColor,
        String edge,
        String darkEdge) {
    private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final String OUR_COLOR = "#2f5fd0";

    /**
     * What the template puts behind the button, and what is seen on it whatever the app's colour.
     */
    private static final String GROUND = "#ffffff";

    private static final String VISIBLE = "#7b8699";
    private static final String DARK_GROUND = "#1a1f29";
    private static final String DARK_VISIBLE = "#78839a";
    private static final double BARELY_SEEN = 1.5;

    /** Relative luminance at which black and white have the same contrast. */
    private static final double EVEN = 0.179;

    static Branding of(MailApp app) {
        var wished = app.branding();
        var name = PlainText.line(app.name());
        var color =
                Optional.ofNullable(wished.color())
                        .filter(c -> COLOR.matcher(c).matches())
                        .orElse(OUR_COLOR);
        return new Branding(
                name,
                Optional.ofNullable(wished.fromName())
                        .map(PlainText::line)
                        .filter(from -> !from.isEmpty())
                        .orElse(name),
                Initials.of(name),
                mailbox(wished.replyTo()).orElse(null),
                https(wished.logoUrl()).orElse(null),
                color,
                luminance(color) > EVEN ? "#000000" : "#ffffff",
                contrast(color, GROUND) < BARELY_SEEN ? VISIBLE : color,
                contrast(color, DARK_GROUND) < BARELY_SEEN ? DARK_VISIBLE : color);
    }

    private static Optional<EmailAddress> mailbox(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(EmailAddress::parse);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> https(@Nullable String text) {
        try {
            return Optional.ofNullable(text)
                    .map(URI::create)
                    .filter(uri -> "https".equals(lower(uri.getScheme())) && uri.getHost() != null)
                    .map(URI::toASCIIString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }

    private static double contrast(String one, String other) {
        var a = luminance(one) + 0.05;
        var b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    /**
     * @see <a href="https://www.w3.org/TR/WCAG22/#dfn-relative-luminance">WCAG 2.2</a>
     */
    private static double luminance(String color) {
        return 0.2126 * linear(color, 1) + 0.7152 * linear(color, 3) + 0.0722 * linear(color, 5);
    }

    private static double linear(String color, int start) {
        var share = Integer.parseInt(color.substring(start, start + 2), 16) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
