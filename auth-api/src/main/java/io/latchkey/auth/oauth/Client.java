package io.latchkey.auth.oauth;

import io.latchkey.auth.app.App;

/**
 * The client of a token request.
 *
 * @param authenticated by its secret; a public client only names itself
 */
public record Client(App app, boolean authenticated) {}
