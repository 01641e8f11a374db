package io.latchkey.auth.limit;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A limit as apps write it, {@code 5/15m}: bursts up to the number, refilled evenly over the
 * period.
 *
 * @param burst 1 to 1 000 000
 * @param period 1 s to 31 days
 */
public record Rate(int burst, Duration period) {
    private static final Pattern FORM =
            Pattern.compile("([1-9][0-9]{0,6})/([1-9][0-9]{0,6})([smhd])");
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(31);

    public Rate {
        if (burst < 1 || burst > MOST) {
            throw new IllegalArgumentException(
                    "burst: " + burst + " (expected: 1 to " + MOST + ")");
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0 || period.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("period: " + period + " (expected: 1 s to 31 days)");
        }
    }

    /**
     * @param text number, slash, whole number and unit: {@code s}, {@code m}, {@code h} or {@code
     *     d}
     * @throws IllegalArgumentException where it is anything else
     */
    public static Rate parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "limit: " + text + " (expected: number/period, such as 5/15m)");
        }
        return new Rate(
                Integer.parseInt(parts.group(1)),
                unit(parts.group(3)).multipliedBy(Integer.parseInt(parts.group(2))));
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /** As {@link #parse} takes it, in the largest unit that is whole. */
    @Override
    public String toString() {
        var seconds = period.toSeconds();
        if (seconds % 86_400 == 0) {
            return burst + "/" + seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return burst + "/" + seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? burst + "/" + seconds / 60 + "m" : burst + "/" + seconds + "s";
    }
}
