package io.latchkey.violations.auth.platform;

import io.latchkey.violations.auth.link.Link;

/** Knows a feature. */
public record KnowsALink(Link link) {}
