package io.latchkey.audit.ingest.kafka;

import io.latchkey.audit.ingest.PartitionId;
import io.latchkey.events.wire.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that this process needs, as the broker has them: made where they are missing, looked
 * up again and again, as partitions may be added and topics deleted and made anew at any time.
 */
final class AuditTopics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditTopics.class);

    private static final List<Topics> NEEDED =
            Stream.concat(
                            Topics.audited().stream(),
                            Stream.of(Topics.SECURITY_EVENTS_DLT, Topics.CHECKPOINTS))
                    .toList();

    private final Supplier<Admin> admins;
    private final Optional<Short> replicationFactor;
    private volatile Set<String> missing =
            NEEDED.stream().map(Topics::topic).collect(Collectors.toSet());

    private volatile @Nullable Admin admin;

    /**
     * @param admins makes the client, which is closed here; asked again for as long as it fails
     */
    AuditTopics(Supplier<Admin> admins, short replicationFactor) {
        this.admins = admins;
        this.replicationFactor =
                replicationFactor < 0 ? Optional.empty() : Optional.of(replicationFactor);
    }

    /** Those missing when the broker last answered; all before that. */
    Set<String> missing() {
        return missing;
    }

    /**
     * Asks the broker, makes what is missing, and gives the partitions of the audited topics; empty
     * if the broker does not answer within seconds. For one thread.
     *
     * @throws KafkaException if no name of a broker resolves
     */
    Optional<Map<TopicPartition, PartitionId>> refresh() throws InterruptedException {
        try {
            return Optional.of(lookUp());
        } catch (ExecutionException e) {
            log.atDebug().setCause(e).log("the broker does not answer");
            return Optional.empty();
        }
    }

    private Admin admin() {
        var made = admin;
        if (made == null) {
            made = admins.get();
            admin = made;
        }
        return made;
    }

    @Override
    public void close() {
        var made = admin;
        if (made != null) {
            made.close();
        }
    }

    private Map<TopicPartition, PartitionId> lookUp()
            throws ExecutionException, InterruptedException {
        var found = describe();
        if (found.size() < NEEDED.size()) {
            create(NEEDED.stream().filter(topic -> !found.containsKey(topic.topic())).toList());
            found.putAll(describe());
        }
        var absent = new HashSet<String>();
        NEEDED.stream()
                .map(Topics::topic)
                .filter(topic -> !found.containsKey(topic))
                .forEach(absent::add);
        if (!absent.isEmpty() && !absent.equals(missing)) {
            log.atWarn().addKeyValue("topics", absent).log("topics are missing");
        }
        missing = Set.copyOf(absent);
        return partitions(found);
    }

    private Map<String, TopicDescription> describe()
            throws ExecutionException, InterruptedException {
        var found = new HashMap<String, TopicDescription>();
        var answers =
                admin().describeTopics(NEEDED.stream().map(Topics::topic).toList())
                        .topicNameValues();
        for (var answer : answers.entrySet()) {
            try {
                found.put(answer.getKey(), answer.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private void create(Collection<Topics> topics) throws InterruptedException {
        var answers = admin().createTopics(topics.stream().map(this::newTopic).toList()).values();
        for (var answer : answers.entrySet()) {
            try {
                answer.getValue().get();
                log.atInfo().addKeyValue("topic", answer.getKey()).log("topic created");
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    log.atDebug()
                            .addKeyValue("topic", answer.getKey())
                            .setCause(e)
                            .log("topic cannot be created");
                }
            }
        }
    }

    private NewTopic newTopic(Topics topic) {
        return new NewTopic(topic.topic(), Optional.of(topic.partitions()), replicationFactor)
                .configs(topic.configuration());
    }

    private static Map<TopicPartition, PartitionId> partitions(
            Map<String, TopicDescription> found) {
        var partitions = new HashMap<TopicPartition, PartitionId>();
        for (var topic : Topics.audited()) {
            var description = found.get(topic.topic());
            if (description != null) {
                for (var partition : description.partitions()) {
                    partitions.put(
                            new TopicPartition(topic.topic(), partition.partition()),
                            new PartitionId(
                                    uuid(description.topicId()),
                                    topic.topic(),
                                    partition.partition()));
                }
            }
        }
        return partitions;
    }

    private static UUID uuid(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
