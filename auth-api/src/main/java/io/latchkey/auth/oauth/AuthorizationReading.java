package io.latchkey.auth.oauth;

import java.net.URI;

/** What an authorization request turned out to be, once its app and redirect URI are trusted. */
public sealed interface AuthorizationReading {
    record Valid(AuthorizationRequest request) implements AuthorizationReading {}

    /**
     * The app is told what is wrong with it.
     *
     * @param location its redirect URI, with the error
     */
    record Refused(URI location) implements AuthorizationReading {}
}
