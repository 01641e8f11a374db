package io.latchkey.events.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final List<String> NAMES =
            Arrays.stream(Topics.values()).map(Topics::topic).toList();

    @Test
    void whatConsumersReadHasADeadLetterTopic() {
        assertThat(Topics.audited())
                .allSatisfy(
                        topic ->
                                assertThat(NAMES)
                                        .contains(Topics.deadLetterTopicOf(topic.topic())));
        assertThat(NAMES).contains(Topics.deadLetterTopicOf(Topics.LINK_REQUESTS_DUE.topic()));
    }

    @Test
    void namesAreWhatKafkaTakesAndMetricsTellApart() {
        // Kafka warns where names differ in "." and "_" alone
        assertThat(NAMES)
                .allMatch(name -> name.matches("latchkey\\.[a-z0-9.-]{1,200}"))
                .doesNotHaveDuplicates();
    }

    @Test
    void checkpointsStayForEver() {
        assertThat(Topics.CHECKPOINTS.configuration())
                .containsEntry("retention.ms", "-1")
                .containsEntry("cleanup.policy", "delete");
    }
}
