package io.latchkey.audit.query.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.latchkey.audit.trail.RecordedEvent;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event on the wire. What does not apply is absent, never null; {@code data} is always there.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventResponse(
        String eventId,
        long sequence,
        Instant time,
        String type,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String appId,
        @Nullable String userId,
        @Nullable String subject,
        @Nullable String emailMasked,
        @Nullable String linkId,
        @Nullable String sessionId,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String requestId,
        @JsonRawValue String data) {
    static EventResponse of(RecordedEvent recorded) {
        var event = recorded.event();
        var ip = event.ip();
        return new EventResponse(
                event.id().toString(),
                recorded.sequence(),
                event.time(),
                event.type(),
                text(event.outcome()),
                event.reason(),
                text(event.appId()),
                text(event.userId()),
                text(event.subject()),
                event.emailMasked(),
                text(event.linkId()),
                text(event.sessionId()),
                ip == null ? null : ip.getHostAddress(),
                event.userAgent(),
                event.requestId(),
                event.data());
    }

    private static @Nullable String text(@Nullable Object value) {
        return Objects.toString(value, null);
    }
}
