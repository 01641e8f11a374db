package io.latchkey.mail.render;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Words that callers wrote, made harmless before they are put anywhere: without control characters,
 * and without the direction marks that make text read other than it is.
 */
final class PlainText {
    private static final Pattern BREAKS = Pattern.compile("\\R");
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private PlainText() {}

    /** As one line: breaks become blanks. */
    static String line(String text) {
        return UNSEEN.matcher(text.replaceAll("[\\s\\u0085\\u2028\\u2029]+", " "))
                .replaceAll("")
                .strip();
    }

    /** As lines, at least one. */
    static List<String> lines(String text) {
        return BREAKS.splitAsStream(text.strip())
                .map(line -> UNSEEN.matcher(line.replace('\t', ' ')).replaceAll(""))
                .toList();
    }
}
