package io.latchkey.violations.auth.link.postgres;

/** Used by the planted. */
public record LinkRow() {}
