package io.latchkey.auth.oauth;

import io.latchkey.auth.token.IdTokens.Hint;
import java.net.URI;
import java.util.Optional;

/**
 * An app sends a browser to sign somebody out; checked against what the app has registered.
 *
 * @param hint of an id token of ours: whom to sign out, of which app
 * @param target where the app wants the browser to go afterwards
 */
public record SignOutRequest(Optional<Hint> hint, Optional<URI> target) {}
