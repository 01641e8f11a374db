package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.PartitionId;
import io.latchkey.audit.ingest.kafka.RecordReader.Illegible;
import io.latchkey.audit.trail.AuditEvent;
import io.latchkey.events.EventId;
import io.latchkey.events.Outcome;
import io.latchkey.events.wire.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Takes the place of a record that nobody can read, so that the trail tells of it. */
final class SetAsideEvents {
    private static final JsonMapper JSON = EventJson.mapper();

    private SetAsideEvents() {}

    /** The same for the same record, however often it is read. */
    static AuditEvent of(Illegible record, PartitionId partition) {
        var polled = record.polled();
        var place =
                new TreeMap<String, Object>(
                        Map.of(
                                "topic", polled.topic(),
                                "partition", polled.partition(),
                                "offset", polled.offset()));
        var name = partition.topicId() + "/" + polled.partition() + "/" + polled.offset();
        return AuditEvent.ofTrail(
                new EventId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
                time(polled.timestamp()),
                AuditEvent.RECORD_SET_ASIDE,
                Outcome.FAILURE,
                record.reason(),
                JSON.writeValueAsString(place));
    }

    /** The writer's, which may be anything. */
    private static Instant time(long millis) {
        var time = Instant.ofEpochMilli(millis);
        return AuditEvent.isInRange(time) ? time : Instant.EPOCH;
    }
}
