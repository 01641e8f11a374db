package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An app sends a browser to sign somebody in; well-formed, and checked against what the app has
 * registered.
 *
 * @param redirectUri one of the app's
 * @param codeChallenge S256; always there for a public app
 * @param maxAge how long ago the person may have been asked at most
 * @param loginHint whom the app expects, as it spells it
 * @param idTokenHint whom the app has known, not yet verified
 */
public record AuthorizationRequest(
        App app,
        String redirectUri,
        @Nullable String state,
        @Nullable String nonce,
        @Nullable String codeChallenge,
        Set<Prompt> prompts,
        @Nullable Duration maxAge,
        @Nullable String loginHint,
        @Nullable String idTokenHint) {
    public AuthorizationRequest {
        prompts = Set.copyOf(prompts);
    }

    /** Whether nobody may be asked anything. */
    public boolean silent() {
        return prompts.contains(Prompt.NONE);
    }

    /** Whether the person is to be asked, signed in or not. */
    public boolean asks() {
        return !prompts.isEmpty() && !silent();
    }

    /** Without the hints: they hold addresses. */
    @Override
    public String toString() {
        return "AuthorizationRequest[" + app.id() + "]";
    }
}
