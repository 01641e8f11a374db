package io.latchkey.auth.pages;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * An app's colour as the custom properties that our style sheet uses. Text in or on the colour has
 * a contrast of at least 4.5, whatever the colour.
 *
 * @see <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">WCAG 2.2, contrast ratio</a>
 */
public final class BrandStyle {
    static final double READABLE = 4.5;
    static final int WHITE = 0xFFFFFF;
    static final int BLACK = 0x000000;

    /** The least favourable of what the style sheet puts text on. */
    static final int LIGHT_GROUND = 0xEEF1F6;

    static final int DARK_GROUND = 0x242B38;

    private static final int STEPS = 40;

    private BrandStyle() {}

    /**
     * @param color six hexadecimal digits
     */
    public static String css(String color) {
        var accent = Integer.parseInt(color, 16);
        return """
        :root { --accent: %s; --accent-text: %s; --accent-ink: %s; }
        @media (prefers-color-scheme: dark) { :root { --accent-ink: %s; } }
        """
                .formatted(
                        hex(accent),
                        hex(onTopOf(accent)),
                        hex(readable(accent, LIGHT_GROUND, BLACK)),
                        hex(readable(accent, DARK_GROUND, WHITE)));
    }

    /** Of black and white, one always has a contrast above 4.5. */
    static int onTopOf(int color) {
        return contrast(color, WHITE) >= READABLE ? WHITE : BLACK;
    }

    /** The colour, mixed with as little of the other as makes it readable on the ground. */
    static int readable(int color, int ground, int other) {
        var mixed = color;
        for (int step = 1; contrast(mixed, ground) < READABLE && step <= STEPS; step++) {
            mixed = mix(color, other, (double) step / STEPS);
        }
        return mixed;
    }

    static double contrast(int one, int other) {
        var a = luminance(one) + 0.05;
        var b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(int color) {
        DoubleUnaryOperator linear =
                c -> c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
        return 0.2126 * linear.applyAsDouble(part(color, 16) / 255.0)
                + 0.7152 * linear.applyAsDouble(part(color, 8) / 255.0)
                + 0.0722 * linear.applyAsDouble(part(color, 0) / 255.0);
    }

    private static int mix(int color, int other, double share) {
        return List.of(16, 8, 0).stream()
                .mapToInt(
                        shift ->
                                (int)
                                                Math.round(
                                                        part(color, shift) * (1 - share)
                                                                + part(other, shift) * share)
                                        << shift)
                .sum();
    }

    private static int part(int color, int shift) {
        return color >> shift & 0xFF;
    }

    private static String hex(int color) {
        return "#%06x".formatted(color);
    }
}
