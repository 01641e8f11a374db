package io.latchkey.violations.auth.link;

import io.latchkey.violations.auth.session.Session;

/** Makes a circle with the other. */
public record Link(Session session) {}
