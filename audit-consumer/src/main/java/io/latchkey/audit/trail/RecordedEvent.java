package io.latchkey.audit.trail;

/**
 * An event with its place in the trail.
 *
 * @param sequence from 0, without gaps, in the order of recording
 */
public record RecordedEvent(long sequence, AuditEvent event) {}
