package io.latchkey.audit.console;

import java.time.Instant;

/**
 * How many events of a kind there were in one step of a chart.
 *
 * @param from where the step begins
 * @param type name of the events
 * @param outcome empty where they have none
 */
public record EventCount(Instant from, String type, String outcome, long events) {}
