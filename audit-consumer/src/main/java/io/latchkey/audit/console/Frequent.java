package io.latchkey.audit.console;

/**
 * What many of the newest events have in common.
 *
 * @param name an IP address, or an app's id
 * @param events how many of them
 */
public record Frequent(String name, long events) {}
