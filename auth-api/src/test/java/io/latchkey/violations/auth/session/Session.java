package io.latchkey.violations.auth.session;

import io.latchkey.violations.auth.link.Link;
import org.jspecify.annotations.Nullable;

/** Makes a circle with the other. */
public record Session(@Nullable Link link) {}
