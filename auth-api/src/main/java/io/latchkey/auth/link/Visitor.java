package io.latchkey.auth.link;

import io.latchkey.events.EventContext;
import org.jspecify.annotations.Nullable;

/**
 * Whoever stands before us in person, as the connection shows them.
 *
 * @param ip literal address of the peer
 * @param userAgent as sent, cut to 512 characters
 * @param browser digest of the cookie that the page has set; the same for two presses of one
 *     browser
 */
public record Visitor(
        String requestId, @Nullable String ip, @Nullable String userAgent, String browser) {
    public Visitor {
        if (userAgent != null && userAgent.length() > EventContext.MAX_USER_AGENT) {
            userAgent = userAgent.substring(0, EventContext.MAX_USER_AGENT);
        }
    }
}
