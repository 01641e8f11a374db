package io.latchkey.events.wire;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event ready to be put on Kafka: CloudEvents in binary mode.
 *
 * @param topic name of the topic it belongs to
 * @param key the subject; absent where the event is about no address
 * @param headers name to value, to be written as UTF-8
 * @param data JSON, to be written as UTF-8
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">CloudEvents
 *     Kafka binding</a>
 */
public record EncodedEvent(
        String topic, @Nullable String key, Map<String, String> headers, String data) {
    /** Lists no data: it may hold an address. */
    @Override
    public String toString() {
        return "EncodedEvent[" + topic + ", " + headers + "]";
    }
}
