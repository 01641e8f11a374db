package io.latchkey.auth.link.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The answer to a request for a link: the same for known and unknown addresses.
 *
 * @param expiresAt the latest possible end
 */
record AcceptedLinkResponse(
        @JsonProperty("link_id") String linkId, @JsonProperty("expires_at") Instant expiresAt) {}
