package io.latchkey.events;

import org.jspecify.annotations.Nullable;

/**
 * A link was consumed, by button or by code. At most one per link.
 *
 * @param sameBrowser whether the browser that confirmed is the one that asked; absent where unknown
 */
public record LinkConfirmed(EventContext context, Means means, @Nullable Boolean sameBrowser)
        implements SecurityEvent {}
