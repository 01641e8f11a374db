package io.latchkey.events;

import java.util.regex.Pattern;

/**
 * Stands for an e-mail address where the address itself must not appear: a keyed hash over its
 * canonical form. Also the key of every Kafka record about that address.
 *
 * @param value base64url of 32 bytes, 43 characters
 */
public record Subject(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    public Subject {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("subject (expected: 43 characters of base64url)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
