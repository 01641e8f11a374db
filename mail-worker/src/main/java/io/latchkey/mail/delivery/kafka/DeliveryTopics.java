package io.latchkey.mail.delivery.kafka;

import io.latchkey.events.wire.Topics;
import io.latchkey.mail.delivery.DeliveryProperties;
import io.latchkey.mail.delivery.RetryStep;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics that a worker reads and writes. */
final class DeliveryTopics {
    /** Where orders come from. */
    static final List<Topics> ORDERS = List.of(Topics.LINK_REQUESTS, Topics.LINK_REQUESTS_DUE);

    /** Where orders wait. */
    static final List<Topics> WAITING =
            List.of(
                    Topics.LINK_REQUESTS_RETRY_1S,
                    Topics.LINK_REQUESTS_RETRY_5S,
                    Topics.LINK_REQUESTS_RETRY_30S,
                    Topics.LINK_REQUESTS_RETRY_2M,
                    Topics.LINK_REQUESTS_HOLD);

    private static final List<Topics> OTHERS =
            List.of(
                    Topics.MAIL_EVENTS,
                    Topics.DEAD_LETTERS,
                    Topics.LINK_ENDS,
                    Topics.SECURITY_EVENTS,
                    Topics.LINK_REQUESTS_DLT,
                    Topics.LINK_REQUESTS_DUE_DLT);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** May be so far apart. */
    private static final Duration CLOCKS = Duration.ofSeconds(5);

    private DeliveryTopics() {}

    /** What orders in a topic are ever written with at the most, whatever the writer's clock. */
    static Duration longestWait(Topics waiting) {
        return Stream.of(RetryStep.values())
                .filter(step -> step.topic() == waiting)
                .findFirst()
                .map(step -> step.delay().multipliedBy(2).plus(CLOCKS))
                .orElse(Duration.ofMinutes(DeliveryProperties.MOST_HOLD));
    }

    static boolean isOfOrders(String topic) {
        return ORDERS.stream().anyMatch(each -> each.topic().equals(topic));
    }

    /** Those that the broker lacks. */
    static Set<String> missing(Admin admin)
            throws ExecutionException, TimeoutException, InterruptedException {
        var present = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        var missing = new TreeSet<String>();
        for (var topics : List.of(ORDERS, WAITING, OTHERS)) {
            topics.stream()
                    .map(Topics::topic)
                    .filter(topic -> !present.contains(topic))
                    .forEach(missing::add);
        }
        return missing;
    }

    /** Makes what is missing. Whoever makes a topic at the same time is welcome to. */
    static void create(Admin admin, Set<String> missing, short replicationFactor)
            throws ExecutionException, TimeoutException, InterruptedException {
        var topics =
                List.of(Topics.values()).stream()
                        .filter(topic -> missing.contains(topic.topic()))
                        .map(
                                topic ->
                                        new NewTopic(
                                                        topic.topic(),
                                                        topic.partitions(),
                                                        replicationFactor)
                                                .configs(topic.configuration()))
                        .toList();
        for (var made : admin.createTopics(topics).values().values()) {
            try {
                made.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }
}
