package io.latchkey.violations.circle.other;

import io.latchkey.violations.circle.one.One;

/** Needs {@link One}, which needs this. */
public record Other(One one) {}
