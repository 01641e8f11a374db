package io.latchkey.events;

/**
 * A detection found something to look at.
 *
 * @param count of events that matched within the window
 * @param windowS length of the window, seconds
 */
public record Alert(EventContext context, String rule, long count, long windowS)
        implements SecurityEvent {}
