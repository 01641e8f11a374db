package io.latchkey.rendering;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Our own words in one language. Arguments are never read as patterns. */
final class MailTexts {
    private static final String FONT =
            "-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif";

    /** Else some systems take the shapes that Chinese has for the same characters. */
    private static final String JAPANESE_FONT =
            "-apple-system,BlinkMacSystemFont,Hiragino Sans,Yu Gothic UI,Meiryo,"
                    + "Noto Sans CJK JP,Noto Sans JP,sans-serif";

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final Map<Locale, MailTexts> ALL = new ConcurrentHashMap<>();
    private final Locale locale;
    private final ResourceBundle bundle;

    /** Read once: to read a pattern takes longer than to fill it. */
    private final Map<String, MessageFormat> formats = new ConcurrentHashMap<>();

    private MailTexts(Locale locale) {
        this.locale = locale;
        this.bundle =
                ResourceBundle.getBundle(
                        "mail.messages",
                        locale,
                        MailTexts.class.getClassLoader(),
                        ResourceBundle.Control.getNoFallbackControl(
                                ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /**
     * @param tag BCP 47, such as {@code de-AT}; the nearest language that we speak is taken
     */
    static MailTexts in(@Nullable String tag) {
        return ALL.computeIfAbsent(MailLanguages.nearest(tag), MailTexts::new);
    }

    Locale locale() {
        return locale;
    }

    /** Families of CSS, none of which needs quotes. */
    String font() {
        return locale.equals(Locale.JAPANESE) ? JAPANESE_FONT : FONT;
    }

    String get(String key, Object... arguments) {
        var format =
                formats.computeIfAbsent(key, _ -> new MessageFormat(bundle.getString(key), locale));
        // Of one's own, as it is no use to several threads at once.
        return ((MessageFormat) format.clone()).format(arguments);
    }

    /** How long the link works, in whole hours or minutes. */
    String life(long seconds) {
        return seconds % HOUR == 0
                ? get("life.hours", seconds / HOUR)
                : get("life.minutes", Math.max(1, seconds / MINUTE));
    }

    /**
     * To the minute, UTC. Of the ways to write a date in English, the one that nobody reads the
     * other way round.
     */
    String time(Instant time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale.equals(Locale.ENGLISH) ? Locale.UK : locale)
                        .format(time.atOffset(ZoneOffset.UTC))
                + " UTC";
    }
}
