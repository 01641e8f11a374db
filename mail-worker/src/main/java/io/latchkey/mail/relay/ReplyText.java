package io.latchkey.mail.relay;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of a relay, fit for events and logs. Relays like to repeat what they refuse: the
 * recipient, and, where a filter took offence, the link itself.
 */
public final class ReplyText {
    private static final int LONGEST = 200;

    /** Characters. A relay may answer with a page, and the patterns look ahead from each place. */
    private static final int LOOKED_AT = 2_000;

    private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final Pattern URL = Pattern.compile("(?i)\\b[a-z]+://\\S*");
    private static final Pattern ADDRESS = Pattern.compile("<[^>]*@[^>]*>|\\S*@\\S*");

    /** Longer than any queue id of note, and shorter than a link token. */
    private static final Pattern LONG_WORD = Pattern.compile("[A-Za-z0-9_=-]{60,}");

    private ReplyText() {}

    /**
     * Absent where it said nothing.
     *
     * @param sixDigitCode of the mail
     */
    public static @Nullable String of(@Nullable String reply, String sixDigitCode) {
        if (reply == null || reply.isBlank()) {
            return null;
        }
        var begin = reply.length() <= LOOKED_AT ? reply : reply.substring(0, LOOKED_AT);
        var text = BREAKS.matcher(begin).replaceAll(" ").strip();
        text = URL.matcher(text).replaceAll("<link>");
        text = ADDRESS.matcher(text).replaceAll("<address>");
        text = LONG_WORD.matcher(text).replaceAll("<…>");
        text = text.replace(sixDigitCode, "<code>");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
