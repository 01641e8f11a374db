package io.latchkey.audit.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.latchkey.audit.AuditProcess;
import io.latchkey.audit.TestEvents;
import io.latchkey.audit.TestTopics;
import io.latchkey.audit.TrailRows;
import io.latchkey.events.EventEnvelope;
import io.latchkey.events.MailSent;
import io.latchkey.events.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Test;

class TopicChangesIT {
    private final AuditProcess process = AuditProcess.shared();
    private final TrailRows rows = new TrailRows(AuditProcess.sharedDatabase());

    @Test
    void addedPartitionsAndTopicsMadeAnewAreReadFromTheirBeginning()
            throws ExecutionException, InterruptedException {
        var topic = Topics.MAIL_EVENTS.topic();
        var onNewPartition = TestEvents.of(MailSent.class);
        var onNewTopic = TestEvents.of(MailSent.class);
        try (var admin = TestTopics.admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(14))).all().get();
            try (var topics = new TestTopics()) {
                topics.send(List.of(TestTopics.on(13, TestTopics.record(onNewPartition))));
            }
            awaitOnce(onNewPartition);

            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(
                            () ->
                                    admin.describeTopics(List.of(topic))
                                                    .allTopicNames()
                                                    .get()
                                                    .get(topic)
                                                    .partitions()
                                                    .size()
                                            == 12);
        }

        try (var topics = new TestTopics()) {
            topics.publish(List.of(onNewTopic));
        }

        awaitOnce(onNewTopic);
    }

    private void awaitOnce(EventEnvelope<?> published) {
        var query = "link_id=" + published.event().context().linkId();
        await().atMost(Duration.ofSeconds(10)).until(() -> !process.events(query).isEmpty());
        assertThat(process.events(query)).hasSize(1);
        assertThat(rows.isWhole()).isTrue();
    }
}
