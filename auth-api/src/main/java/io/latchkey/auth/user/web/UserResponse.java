package io.latchkey.auth.user.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.latchkey.auth.user.User;
import io.latchkey.events.secret.SubjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A user on the wire. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record UserResponse(
        @JsonProperty("user_id") String userId,
        String email,
        @JsonProperty("email_verified") boolean emailVerified,
        @JsonProperty("persistent_id") String persistentId,
        @Nullable String username,
        @JsonProperty("phone_number") @Nullable String phoneNumber,
        @JsonRawValue String attributes,
        String status,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("last_sign_in_at") @Nullable Instant lastSignInAt) {
    static UserResponse of(User user, SubjectKey subjects) {
        return new UserResponse(
                user.id().toString(),
                user.email().value(),
                user.emailVerified(),
                subjects.persistentId(user.tenant(), user.email()),
                user.username(),
                user.phoneNumber(),
                user.attributes(),
                user.status().toString(),
                user.createdAt(),
                user.lastSignInAt());
    }

    /** Without anything personal. */
    @Override
    public String toString() {
        return "UserResponse[" + userId + "]";
    }
}
