package io.latchkey.events;

/**
 * An app or its secrets changed.
 *
 * @param action such as {@code app.create}, {@code secret.rotate}
 * @param actor who did it: {@code configuration}, {@code administrator}, or a client id
 */
public record AppChanged(EventContext context, String action, String actor)
        implements SecurityEvent {}
