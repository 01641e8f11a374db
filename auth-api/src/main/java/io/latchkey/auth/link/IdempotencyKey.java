package io.latchkey.auth.link;

import java.util.regex.Pattern;

/**
 * A caller's name for one request, so that repeating it is safe; kept for 24 hours.
 *
 * @param value 1 to 255 visible ASCII characters
 * @param digest keyed hash of the body that it came with first
 */
public record IdempotencyKey(String value, String digest) {
    private static final Pattern VISIBLE = Pattern.compile("[!-~]{1,255}");

    public IdempotencyKey {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException(
                    "Idempotency-Key (expected: 1 to 255 visible ASCII characters)");
        }
    }

    public static boolean isWellFormed(String value) {
        return VISIBLE.matcher(value).matches();
    }
}
