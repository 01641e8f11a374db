package io.latchkey.violations.auth.outbox;

import io.latchkey.violations.auth.link.Link;

/** Knows a feature. */
public record KnowsALink(Link link) {}
