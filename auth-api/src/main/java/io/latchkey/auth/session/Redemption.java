package io.latchkey.auth.session;

import io.latchkey.events.AppId;
import io.latchkey.events.LinkId;
import org.jspecify.annotations.Nullable;

/**
 * An authorization code, presented by an authenticated client.
 *
 * @param linkId what the genuine code says
 * @param kid the entry of the key ring that made it: no other makes codes of this link
 * @param redirectUri where the client repeats it: must be the link's
 * @param codeChallenge S256 of the verifier that was sent; must be the link's, absent or not
 */
public record Redemption(
        LinkId linkId,
        String kid,
        AppId appId,
        @Nullable String redirectUri,
        @Nullable String codeChallenge,
        String requestId) {}
