package io.latchkey.auth.problem;

/**
 * What is wrong with one field.
 *
 * @param pointer JSON pointer (RFC 6901) to the field, {@code /email}; empty for the whole request
 * @param detail what was expected; never the value
 */
public record FieldError(String pointer, String detail) {}
