package io.latchkey.auth.link;

import java.util.Optional;

/** Six digits as people type and paste them: with blanks or hyphens, in any script's digits. */
final class TypedCode {
    private static final int DIGITS = 6;
    private static final int LONGEST = 40;

    private TypedCode() {}

    /** The plain digits; empty where it is anything but six of them. */
    static Optional<String> digits(String typed) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        var digits = new StringBuilder();
        for (var c : typed.codePoints().toArray()) {
            if (Character.isDigit(c)) {
                digits.append(Character.digit(c, 10));
            } else if (c != '-' && !Character.isSpaceChar(c) && !Character.isWhitespace(c)) {
                return Optional.empty();
            }
        }
        return digits.length() == DIGITS ? Optional.of(digits.toString()) : Optional.empty();
    }
}
