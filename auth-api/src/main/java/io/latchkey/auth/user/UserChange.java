package io.latchkey.auth.user;

import io.latchkey.events.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is to be changed of a user; what is absent stays.
 *
 * @param email a changed one counts as unverified until a mail to it was answered
 * @param attributes merge patch (RFC 7396), or {@code null} as JSON to remove them all
 */
public record UserChange(
        @Nullable EmailAddress email,
        @Nullable Text username,
        @Nullable Text phoneNumber,
        @Nullable String attributes,
        @Nullable UserStatus status) {
    /** A text to be set, or to be removed where it is null. */
    public record Text(@Nullable String value) {
        /** Without the text. */
        @Override
        public String toString() {
            return "Text[]";
        }
    }

    /** Without anything personal. */
    @Override
    public String toString() {
        return "UserChange[" + status + "]";
    }
}
