package io.latchkey.auth.pages;

import io.latchkey.rendering.Initials;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an app looks on our pages. Its colour is taken as it is; what is written on it, and what is
 * written in it, is chosen so that everybody can read it. Its logo lies with somebody else, whom
 * our pages ask for nothing: its initials stand in for it.
 *
 * @param initials one or two letters
 * @param color six lower-case hexadecimal digits
 * @see <a href="https://www.w3.org/TR/WCAG22/#contrast-minimum">WCAG 2.2, 1.4.3</a>
 */
record Brand(String initials, Optional<String> color) {
    private static final Pattern COLOR = Pattern.compile("#[0-9A-Fa-f]{6}");

    static Brand of(String name, @Nullable String color) {
        return new Brand(
                Initials.of(name),
                Optional.ofNullable(color)
                        .filter(COLOR.asMatchPredicate())
                        .map(c -> c.substring(1).toLowerCase(Locale.ROOT)));
    }
}
