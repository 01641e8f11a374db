package io.latchkey.violations.auth.link.web;

import io.latchkey.violations.auth.link.postgres.LinkRow;

/** Goes round the use-case. */
public record SkipsTheUseCase(LinkRow row) {}
