package io.latchkey.auth.oauth;

import java.net.URI;

/** What becomes of an authorization request at once. */
public sealed interface Authorization {
    /**
     * The app has its answer.
     *
     * @param location its redirect URI, with a code or an error
     */
    record Answered(URI location) implements Authorization {}

    /** Somebody has to prove an address first. */
    record PersonNeeded() implements Authorization {}
}
