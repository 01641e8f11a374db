package io.latchkey.events;

/**
 * Something that happened. Its id, time and source are in the {@link EventEnvelope} around it.
 * Records of events evolve by optional components only.
 */
public sealed interface Event permits LinkRequested, MailEvent, SecurityEvent {
    /** Whom and what it is about. */
    EventContext context();

    /** As the lists of types spell it, such as {@code LinkConfirmed}. */
    default String name() {
        return getClass().getSimpleName();
    }
}
