package io.latchkey.events;

/**
 * Somebody acted with the administrator's, the mail administrator's or an audit credential.
 *
 * @param action such as {@code keys.rotate}, {@code deadletter.replay}, {@code audit.read}
 * @param actor which credential: {@code administrator}, {@code mail-administrator}, {@code audit},
 *     or a client id
 */
public record AdminActed(EventContext context, String action, String actor)
        implements SecurityEvent {}
