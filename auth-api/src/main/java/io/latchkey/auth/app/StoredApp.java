package io.latchkey.auth.app;

import java.time.Instant;

/**
 * An app as an administrator reads it.
 *
 * @param version counts its changes: whoever changes it must have seen the last
 */
public record StoredApp(App app, Instant createdAt, int version) {}
