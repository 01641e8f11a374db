package io.latchkey.audit.ingest;

import java.util.UUID;

/**
 * One partition of one topic, for as long as the topic exists.
 *
 * @param topicId the broker's id of the topic; another one once a topic is deleted and made again
 * @param topic its name, for people
 * @param partition counted from 0
 */
public record PartitionId(UUID topicId, String topic, int partition) {}
