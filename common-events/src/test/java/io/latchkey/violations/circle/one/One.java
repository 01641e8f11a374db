package io.latchkey.violations.circle.one;

import io.latchkey.violations.circle.other.Other;

/** Needs {@link Other}, which needs this. */
public record One(Other other) {}
