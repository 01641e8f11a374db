package io.latchkey.mail.relay.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Words of somebody else within a header: whatever they are, readers show them as they were
 * written. Text that looks like an encoded word is encoded itself, so that nobody decodes it.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc2047#section-2">RFC 2047 §2</a>
 */
final class EncodedWords {
    /** Base64 of 45 bytes is 60 characters; an encoded word may have 75. */
    private static final int BYTES_PER_WORD = 45;

    private static final Pattern PLAIN_TEXT = Pattern.compile("[A-Za-z0-9 .,:!?'()/&+_-]{0,60}");

    /** Atoms only: all else has a meaning in a header of addresses. */
    private static final Pattern PLAIN_PHRASE = Pattern.compile("[A-Za-z0-9 +_-]{1,60}");

    private EncodedWords() {}

    /** For a subject. */
    static String text(String text) {
        return PLAIN_TEXT.matcher(text).matches() ? text : encode(text);
    }

    /** For the name beside an address. */
    static String phrase(String text) {
        return PLAIN_PHRASE.matcher(text).matches() ? text : encode(text);
    }

    private static String encode(String text) {
        var words = new ArrayList<String>();
        for (var piece : pieces(text)) {
            words.add("=?UTF-8?B?" + Base64.getEncoder().encodeToString(piece) + "?=");
        }
        return String.join("\r\n ", words);
    }

    private static List<byte[]> pieces(String text) {
        var pieces = new ArrayList<byte[]>();
        var piece = new ByteArrayOutputStream();
        text.codePoints()
                .forEach(
                        c -> {
                            var bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                            if (piece.size() + bytes.length > BYTES_PER_WORD) {
                                pieces.add(piece.toByteArray());
                                piece.reset();
                            }
                            piece.writeBytes(bytes);
                        });
        pieces.add(piece.toByteArray());
        return pieces;
    }
}
