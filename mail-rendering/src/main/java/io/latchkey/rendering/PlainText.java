package io.latchkey.rendering;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Words that callers wrote, made harmless before they are put anywhere: without control characters,
 * and without the unseen ones and the direction marks that make text read other than it is.
 */
final class PlainText {
    private static final Pattern BREAKS = Pattern.compile("\\R");

    /** Or, as its group, a joiner within an emoji together with what it joins to: that stays. */
    private static final Pattern UNSEEN =
            Pattern.compile(
                    "([\\p{IsEmoji_Modifier}\\p{IsExtended_Pictographic}\\ufe0f]\\u200d"
                            + "(?=\\p{IsExtended_Pictographic}))"
                            + "|[\\p{Cc}\\p{Cs}\\u061c\\u200b-\\u200f\\u2028-\\u202e"
                            + "\\u2060\\u2066-\\u2069\\ufeff]");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u0085\\u2028\\u2029]+");

    private PlainText() {}

    /** As one line: breaks become blanks. */
    static String line(String text) {
        return UNSEEN.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll("$1").strip();
    }

    /** As lines, at least one. */
    static List<String> lines(String text) {
        return BREAKS.splitAsStream(text.strip())
                .map(line -> UNSEEN.matcher(line.replace('\t', ' ')).replaceAll("$1"))
                .toList();
    }
}
