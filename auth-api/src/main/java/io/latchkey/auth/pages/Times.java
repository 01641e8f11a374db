package io.latchkey.auth.pages;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** A moment as a reader of some language writes it. Pages do not know where the reader is: UTC. */
public final class Times {
    private Times() {}

    /** Of the ways to write a date in English, the one that nobody reads the other way round. */
    private static Locale place(Locale language) {
        return language.equals(Locale.ENGLISH) ? Locale.UK : language;
    }

    /** The day alone. */
    public static String dayOf(Instant time, Locale language) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(place(language))
                .withZone(ZoneOffset.UTC)
                .format(time);
    }

    public static String of(Instant time, Locale language) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(place(language))
                        .withZone(ZoneOffset.UTC)
                        .format(time)
                + " UTC";
    }
}
