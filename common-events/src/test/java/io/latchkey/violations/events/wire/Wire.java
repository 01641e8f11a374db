package io.latchkey.violations.events.wire;

/** What no event may know. */
public final class Wire {}
