package io.latchkey.auth.session;

import io.latchkey.events.AppId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An app asks who is signed in on our pages.
 *
 * @param hosted the session of our pages, of the app's tenant
 * @param redirectUri one of the app's
 * @param codeChallenge S256
 * @param maxAge how long ago its user may have been asked at most
 * @param ip of the browser
 * @param userAgent likewise
 */
public record CodeRequest(
        Session hosted,
        AppId appId,
        String redirectUri,
        @Nullable String nonce,
        @Nullable String codeChallenge,
        @Nullable Duration maxAge,
        @Nullable String ip,
        @Nullable String userAgent,
        String requestId) {}
