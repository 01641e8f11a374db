package io.latchkey.audit.ingest;

import io.latchkey.audit.tlog.TreeHead;

/**
 * A checkpoint as the trail keeps it.
 *
 * @param head of the log at that time
 * @param note signed, as it is served
 */
public record SignedCheckpoint(TreeHead head, String note) {}
