package io.latchkey.mail.delivery.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The group in which all workers share the orders, and what the broker must know about it before
 * the first of them joins.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-932%3A+Queues+for+Kafka">
 *     KIP-932</a>
 */
final class ShareGroup {
    static final String NAME = "latchkey-mail-worker";

    private static final Logger log = LoggerFactory.getLogger(ShareGroup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Above the deadline of a hand-over; the longest that brokers allow by default. */
    private static final Duration LOCK = Duration.ofSeconds(60);

    private static final int DELIVERY_LIMIT = 10;

    private ShareGroup() {}

    /** Orders from before the first worker are not skipped, and a slow hand-over keeps its lock. */
    static void configure(Admin admin)
            throws ExecutionException, TimeoutException, InterruptedException {
        set(admin, "share.auto.offset.reset", "earliest");
        // What a transaction wrote that was broken off is no order.
        set(admin, "share.isolation.level", "read_committed");
        set(admin, "share.record.lock.duration.ms", Long.toString(LOCK.toMillis()));
        try {
            set(admin, "share.delivery.count.limit", Integer.toString(DELIVERY_LIMIT));
        } catch (ExecutionException e) {
            // Brokers before 4.3 have it for all groups together. The listener does not rely on it.
            log.atDebug().setCause(e).log("the broker has no delivery limit per group");
        }
    }

    private static void set(Admin admin, String name, String value)
            throws ExecutionException, TimeoutException, InterruptedException {
        var group = new ConfigResource(ConfigResource.Type.GROUP, NAME);
        var set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(group, List.of(set)))
                .all()
                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many members whose client id starts like this the broker has taken into the group. */
    static long members(Admin admin, String clientIdPrefix)
            throws ExecutionException, TimeoutException, InterruptedException {
        var description = admin.describeShareGroups(List.of(NAME)).describedGroups().get(NAME);
        var members =
                Objects.requireNonNull(description)
                        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .members();
        return members.stream()
                .filter(member -> member.clientId().startsWith(clientIdPrefix))
                .count();
    }
}
