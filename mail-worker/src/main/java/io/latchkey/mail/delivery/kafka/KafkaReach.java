package io.latchkey.mail.delivery.kafka;

import org.springframework.stereotype.Component;

/** Whether Kafka answers, as the keeper of the delivery sees it. */
@Component
class KafkaReach {
    private volatile boolean away;

    void lost() {
        away = true;
    }

    void found() {
        away = false;
    }

    boolean isAway() {
        return away;
    }
}
