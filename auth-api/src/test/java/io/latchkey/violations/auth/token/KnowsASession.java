package io.latchkey.violations.auth.token;

import io.latchkey.violations.auth.session.Session;

/** Knows what is above it. */
public record KnowsASession(Session session) {}
