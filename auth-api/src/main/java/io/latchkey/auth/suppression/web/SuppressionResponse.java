package io.latchkey.auth.suppression.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.latchkey.auth.suppression.Suppression;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A suppression on the wire. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SuppressionResponse(
        @JsonProperty("suppression_id") String suppressionId,
        @JsonProperty("email_masked") String emailMasked,
        String reason,
        @Nullable String status,
        @JsonProperty("link_id") String linkId,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("expires_at") Instant expiresAt) {
    static SuppressionResponse of(Suppression suppression) {
        return new SuppressionResponse(
                suppression.id().toString(),
                suppression.emailMasked(),
                suppression.reason().toString(),
                suppression.status(),
                suppression.linkId().toString(),
                suppression.createdAt(),
                suppression.expiresAt());
    }
}
