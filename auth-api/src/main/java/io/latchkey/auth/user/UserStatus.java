package io.latchkey.auth.user;

import java.util.Locale;

/** How a user stands. */
public enum UserStatus {
    /** Has never signed in. */
    PENDING,
    ACTIVE,
    /** Cannot sign in; is mailed nothing. */
    BLOCKED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException for any other text than {@link #toString} gives
     */
    public static UserStatus parse(String text) {
        for (var status : values()) {
            if (status.toString().equals(text)) {
                return status;
            }
        }
        throw new IllegalArgumentException("status (expected: pending, active or blocked)");
    }
}
