package io.latchkey.audit.trail;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes text of any origin fit for the trail, so that no publisher's slip or malice stops it or
 * brings an address into it.
 */
public final class StorableText {
    /** Longest text that is kept whole, characters. */
    public static final int MAX = 512;

    private static final char REPLACEMENT = '\uFFFD';

    /** All before an @ that is not our own mask: one character at most and three asterisks. */
    private static final Pattern LOCAL_PART =
            Pattern.compile("(?<![^\\s<>()\\[\\],;:\"'=])(?!.?\\*{3}@)[^\\s<>()\\[\\],;:\"'=@]++@");

    private StorableText() {}

    /**
     * At most {@value #MAX} characters; without NUL and lone surrogates, which PostgreSQL refuses;
     * without the local part of anything that looks like an address.
     */
    public static String of(String text) {
        var masked = withoutAddresses(text);
        return withoutUnstorable(masked.length() > MAX ? masked.substring(0, MAX) : masked);
    }

    /** The same, where there may be none. */
    public static @Nullable String ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    private static String withoutUnstorable(String text) {
        if (text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
            return text;
        }
        return text.codePoints()
                .map(c -> c == 0 || isLoneSurrogate(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String withoutAddresses(String text) {
        return text.indexOf('@') < 0 ? text : LOCAL_PART.matcher(text).replaceAll("***@");
    }
}
