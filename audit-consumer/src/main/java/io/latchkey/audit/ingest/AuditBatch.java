package io.latchkey.audit.ingest;

import io.latchkey.audit.trail.AuditEvent;
import java.util.List;
import java.util.Map;

/**
 * What is appended in one transaction: events of any partitions, and where to read on afterwards.
 *
 * @param events in the order they get their sequence numbers; the same one may be there twice
 * @param nextOffsets only of partitions that were read from
 */
public record AuditBatch(List<AuditEvent> events, Map<PartitionId, Long> nextOffsets) {
    public AuditBatch {
        events = List.copyOf(events);
        nextOffsets = Map.copyOf(nextOffsets);
    }
}
