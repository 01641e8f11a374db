package io.latchkey.auth.outbox;

import io.latchkey.events.SecurityEvent;

/**
 * Publishes refusals, which change nothing and so have no row that could keep their event: at best
 * effort, never delaying the answer. What is dropped is counted.
 */
public interface Refusals {
    void record(SecurityEvent refusal);
}
