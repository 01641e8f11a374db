package io.latchkey.rendering;

import java.util.Locale;
import java.util.regex.Pattern;

/** Stand in for an app's logo, in mails as on pages. */
public final class Initials {
    private static final Pattern GAPS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int MOST = 2;

    private Initials() {}

    /** One or two letters or digits, upper case; empty where the name has none. */
    public static String of(String name) {
        var letters = new StringBuilder();
        GAPS.splitAsStream(name)
                .filter(word -> !word.isEmpty())
                .limit(MOST)
                .forEach(word -> letters.appendCodePoint(word.codePointAt(0)));
        return letters.toString().toUpperCase(Locale.ROOT);
    }
}
