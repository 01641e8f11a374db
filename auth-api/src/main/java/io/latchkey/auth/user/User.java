package io.latchkey.auth.user;

import io.latchkey.events.EmailAddress;
import io.latchkey.events.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of a tenant's apps.
 *
 * @param emailVerified whether a mail to this address was answered
 * @param username unique in its tenant, like the phone number
 * @param attributes JSON object
 */
public record User(
        UserId id,
        String tenant,
        EmailAddress email,
        boolean emailVerified,
        @Nullable String username,
        @Nullable String phoneNumber,
        String attributes,
        UserStatus status,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {
    /** Without anything personal. */
    @Override
    public String toString() {
        return "User[" + id + ", " + status + "]";
    }
}
