package io.latchkey.auth.token;

/**
 * A signing key as it stood when it was read.
 *
 * @param signs whether it has been published for long enough, by the database's clock
 */
public record PublishedKey(SigningKey key, boolean signs) {}
