package io.latchkey.events.wire;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * The topics, and how each is to be made where it is missing.
 *
 * @see <a href="https://kafka.apache.org/documentation/#topicconfigs">Kafka topic configuration</a>
 */
public enum Topics {
    LINK_REQUESTS("latchkey.link-requests", 12, Cleanup.DELETE, 48),
    MAIL_EVENTS("latchkey.mail-events", 12, Cleanup.DELETE, 7 * 24),
    SECURITY_EVENTS("latchkey.security-events", 12, Cleanup.DELETE, 7 * 24),
    LINK_REQUESTS_RETRY_1S("latchkey.link-requests.retry-1s", 12, Cleanup.DELETE, 48),
    LINK_REQUESTS_RETRY_5S("latchkey.link-requests.retry-5s", 12, Cleanup.DELETE, 48),
    LINK_REQUESTS_RETRY_30S("latchkey.link-requests.retry-30s", 12, Cleanup.DELETE, 48),
    LINK_REQUESTS_RETRY_2M("latchkey.link-requests.retry-2m", 12, Cleanup.DELETE, 48),
    LINK_REQUESTS_HOLD("latchkey.link-requests.hold", 12, Cleanup.DELETE, 48),
    LINK_REQUESTS_DUE("latchkey.link-requests.due", 12, Cleanup.DELETE, 48),
    LINK_ENDS("latchkey.link-ends", 3, Cleanup.COMPACT, 25),
    DEAD_LETTERS("latchkey.dead-letters", 3, Cleanup.COMPACT, 7 * 24),
    CHECKPOINTS("latchkey.checkpoints", 1, Cleanup.DELETE, Topics.FOREVER),
    LINK_REQUESTS_DLT("latchkey.link-requests-dlt", 1, Cleanup.DELETE, 7 * 24),
    LINK_REQUESTS_DUE_DLT("latchkey.link-requests.due-dlt", 1, Cleanup.DELETE, 7 * 24),
    MAIL_EVENTS_DLT("latchkey.mail-events-dlt", 1, Cleanup.DELETE, 7 * 24),
    SECURITY_EVENTS_DLT("latchkey.security-events-dlt", 1, Cleanup.DELETE, 7 * 24);

    /** Header that says why a record lies in a dead-letter topic. */
    public static final String REASON_HEADER = "reason";

    private static final int FOREVER = -1;
    private final String topic;
    private final int partitions;
    private final Cleanup cleanup;
    private final int retentionHours;

    Topics(String topic, int partitions, Cleanup cleanup, int retentionHours) {
        this.topic = topic;
        this.partitions = partitions;
        this.cleanup = cleanup;
        this.retentionHours = retentionHours;
    }

    /** Its name on the broker. */
    public String topic() {
        return topic;
    }

    public int partitions() {
        return partitions;
    }

    /** How long records stay at least; longer than any time where they stay for ever. */
    public Duration retention() {
        return retentionHours == FOREVER
                ? ChronoUnit.FOREVER.getDuration()
                : Duration.ofHours(retentionHours);
    }

    /** Topic-level settings it is made with. */
    public Map<String, String> configuration() {
        var milliseconds = retentionHours == FOREVER ? FOREVER : retention().toMillis();
        return Map.of(
                "cleanup.policy", cleanup.policy, "retention.ms", Long.toString(milliseconds));
    }

    /** The three that the audit trail is made of. */
    public static List<Topics> audited() {
        return List.of(LINK_REQUESTS, MAIL_EVENTS, SECURITY_EVENTS);
    }

    /** Where records of a topic go that no consumer can read or whose seal is wrong. */
    public static String deadLetterTopicOf(String topic) {
        return topic + "-dlt";
    }

    private enum Cleanup {
        DELETE("delete"),
        /** Keeps the newest record of a key, and none past the retention. */
        COMPACT("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }
    }
}
