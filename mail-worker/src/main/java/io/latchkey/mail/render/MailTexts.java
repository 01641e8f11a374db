package io.latchkey.mail.render;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Our own words in one language. Arguments are never read as patterns. */
final class MailTexts {
    /** English first: for whom we do not speak the language of. A bundle each. */
    static final List<Locale> LOCALES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private final Locale locale;
    private final ResourceBundle bundle;

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
        return new MailTexts(nearest(tag));
    }

    private static Locale nearest(@Nullable String tag) {
        if (tag != null) {
            try {
                var wished = new Locale.Builder().setLanguageTag(tag).build().getLanguage();
                return LOCALES.stream()
                        .filter(locale -> locale.getLanguage().equals(wished))
                        .findFirst()
                        .orElse(Locale.ENGLISH);
            } catch (IllformedLocaleException e) {
                return Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }

    Locale locale() {
        return locale;
    }

    String get(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }

    /** How long the link works, in whole hours or minutes. */
    String life(long seconds) {
        return seconds % HOUR == 0
                ? get("life.hours", seconds / HOUR)
                : get("life.minutes", Math.max(1, seconds / MINUTE));
    }

    /** To the minute, UTC. */
    String time(Instant time) {
        var text =
                DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(time.atOffset(ZoneOffset.UTC));
        // Not every mail reader's font has the narrow blank that stands before AM and PM.
        return text.replace('\u202f', ' ') + " UTC";
    }
}
