package io.latchkey.mail.delivery;

import io.latchkey.events.wire.Topics;
import java.time.Duration;

/** A wait between two attempts, and the topic where it is spent. In order of length. */
public enum RetryStep {
    AFTER_1_S(Topics.LINK_REQUESTS_RETRY_1S, Duration.ofSeconds(1)),
    AFTER_5_S(Topics.LINK_REQUESTS_RETRY_5S, Duration.ofSeconds(5)),
    AFTER_30_S(Topics.LINK_REQUESTS_RETRY_30S, Duration.ofSeconds(30)),
    AFTER_2_MIN(Topics.LINK_REQUESTS_RETRY_2M, Duration.ofMinutes(2));

    private final Topics topic;
    private final Duration delay;

    RetryStep(Topics topic, Duration delay) {
        this.topic = topic;
        this.delay = delay;
    }

    public Topics topic() {
        return topic;
    }

    /** At least; jitter is added. */
    public Duration delay() {
        return delay;
    }
}
