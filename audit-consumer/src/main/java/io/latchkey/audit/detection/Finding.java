package io.latchkey.audit.detection;

/**
 * Something that a rule alerts about.
 *
 * @param of the network, subject, app or session, as the trail writes it; empty where the rule
 *     counts all together
 * @param count of the events, or of the different values
 */
public record Finding(String of, long count) {}
