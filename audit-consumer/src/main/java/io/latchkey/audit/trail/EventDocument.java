package io.latchkey.audit.trail;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as JSON, the same everywhere: as the leaf that is hashed, in answers, streams and
 * exports. What does not apply is absent, never null; {@code data} is always there.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record EventDocument(
        String eventId,
        long sequence,
        Instant time,
        String type,
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable String tenant,
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
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    /**
     * The bytes of the leaf: canonical, so that whoever has the event has its hash.
     *
     * @see <a href="https://datatracker.ietf.org/doc/html/rfc8785">RFC 8785</a>
     */
    static byte[] leaf(long sequence, AuditEvent event) {
        var ip = event.ip();
        var document =
                new EventDocument(
                        event.id().toString(),
                        sequence,
                        event.time(),
                        event.type(),
                        text(event.outcome()),
                        event.reason(),
                        event.tenant(),
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
        return canonical(JSON.writeValueAsString(document));
    }

    private static byte[] canonical(String json) {
        try {
            return new JsonCanonicalizer(json).getEncodedUTF8();
        } catch (IOException e) {
            // A number that no double holds, or a lone surrogate
            throw new IllegalArgumentException("event without canonical form", e);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return Objects.toString(value, null);
    }
}
