package io.latchkey.audit.console;

import java.time.Instant;

/**
 * How far the log is signed.
 *
 * @param size events that the signature covers
 * @param note as it was signed
 */
public record LatestCheckpoint(long size, Instant signedAt, String note) {}
