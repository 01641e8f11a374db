package io.latchkey.auth.link.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.latchkey.auth.link.Link;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A link as its app sees it. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record LinkResponse(
        @JsonProperty("link_id") String linkId,
        String status,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("expires_at") Instant expiresAt,
        Mail mail,
        @JsonProperty("confirmed_at") @Nullable Instant confirmedAt,
        @JsonProperty("exchanged_at") @Nullable Instant exchangedAt) {

    /** What became of its mail. */
    record Mail(
            String status,
            int attempts,
            @JsonProperty("last_error") @Nullable String lastError,
            @JsonProperty("sent_at") @Nullable Instant sentAt) {}

    static LinkResponse of(Link link) {
        var mail = link.mail();
        return new LinkResponse(
                link.id().toString(),
                link.status().toString(),
                link.createdAt(),
                link.expiresAt(),
                new Mail(mail.status(), mail.attempts(), mail.lastError(), mail.sentAt()),
                link.confirmedAt(),
                link.exchangedAt());
    }
}
