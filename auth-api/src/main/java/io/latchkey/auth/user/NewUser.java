package io.latchkey.auth.user;

import io.latchkey.events.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * A user whom an app makes. Nobody has answered a mail to the address yet.
 *
 * @param attributes JSON object
 * @param provisional to be forgotten if nobody confirms the address within a week
 */
public record NewUser(
        EmailAddress email,
        @Nullable String username,
        @Nullable String phoneNumber,
        String attributes,
        UserStatus status,
        boolean provisional) {
    /** Without anything personal. */
    @Override
    public String toString() {
        return "NewUser[" + status + "]";
    }
}
