package io.latchkey.auth.link.web;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The answer to a request for a link: the same for known and unknown addresses, in its length too.
 *
 * @param expiresAt the latest possible end; all its digits are written, also those that are zero
 */
record AcceptedLinkResponse(
        @JsonProperty("link_id") String linkId,
        @JsonProperty("expires_at")
                @JsonFormat(pattern = "uuuu-MM-dd'T'HH:mm:ss.SSSSSSX", timezone = "UTC")
                Instant expiresAt) {}
