package io.latchkey.auth.outbox;

import java.util.List;

/**
 * A change that won, committed, and its events for the relay.
 *
 * @param value what was changed, as the statement left it
 */
public record Changed<T>(T value, List<OutboxRow> events) {}
