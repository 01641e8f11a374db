package io.latchkey.auth.session;

import io.latchkey.events.SessionId;
import java.time.Duration;

/**
 * The session of our pages that a browser is given.
 *
 * @param kid the entry of the key ring that derives its cookie
 * @param lasts how long the cookie is good at least
 */
public record HostedSession(SessionId id, String kid, Duration lasts) {}
