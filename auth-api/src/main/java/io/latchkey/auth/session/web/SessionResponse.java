package io.latchkey.auth.session.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.latchkey.auth.session.ListedSession;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A session on the wire. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SessionResponse(
        @JsonProperty("session_id") String sessionId,
        @JsonProperty("user_id") String userId,
        @JsonProperty("client_id") String clientId,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("refreshed_at") @Nullable Instant refreshedAt,
        @JsonProperty("expires_at") Instant expiresAt,
        @Nullable String ip,
        @JsonProperty("user_agent") @Nullable String userAgent,
        @JsonProperty("ended_at") @Nullable Instant endedAt,
        @JsonProperty("end_reason") @Nullable String endReason) {
    static SessionResponse of(ListedSession session) {
        return new SessionResponse(
                session.id().toString(),
                session.userId().toString(),
                session.appId().toString(),
                session.createdAt(),
                session.refreshedAt(),
                session.expiresAt(),
                session.ip(),
                session.userAgent(),
                session.endedAt(),
                Objects.toString(session.endReason(), null));
    }
}
