package io.latchkey.events.wire;

import io.latchkey.events.Event;
import io.latchkey.events.EventEnvelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as consumers have been seeing it since version 1, with every field there is: {@code
 * golden/<Name>.v1.json}. A change of one breaks consumers, additions apart.
 */
record Golden(String topic, String key, Map<String, String> headers, ObjectNode data) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final CloudEventCodec CODEC = new CloudEventCodec();

    static Golden of(Class<? extends Event> event) {
        var name = "/golden/" + event.getSimpleName() + ".v1.json";
        try (var in = Golden.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("no golden file " + name);
            }
            var file = JSON.readTree(in);
            var headers = new HashMap<String, String>();
            file.required("headers")
                    .properties()
                    .forEach(
                            header ->
                                    headers.put(header.getKey(), header.getValue().stringValue()));
            return new Golden(
                    file.required("topic").stringValue(),
                    file.required("key").stringValue(),
                    headers,
                    file.required("data").asObject());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EventEnvelope<?> decode() throws UnreadableEventException {
        return decode(JSON.writeValueAsBytes(data));
    }

    EventEnvelope<?> decode(byte[] otherData) throws UnreadableEventException {
        return CODEC.decode(
                name -> headers.containsKey(name) ? utf8(headers.get(name)) : null, otherData);
    }

    Golden withHeader(String name, String value) {
        var changed = new HashMap<>(headers);
        changed.put(name, value);
        return new Golden(topic, key, changed, data);
    }

    Golden withoutHeader(String name) {
        var changed = new HashMap<>(headers);
        changed.remove(name);
        return new Golden(topic, key, changed, data);
    }

    /**
     * @param pointer of a field of the data, such as {@code /app/name}
     */
    Golden without(String pointer) {
        var changed = data.deepCopy();
        parent(changed, pointer).remove(field(pointer));
        return new Golden(topic, key, headers, changed);
    }

    Golden with(String pointer, JsonNode value) {
        var changed = data.deepCopy();
        parent(changed, pointer).set(field(pointer), value);
        return new Golden(topic, key, headers, changed);
    }

    private static ObjectNode parent(ObjectNode root, String pointer) {
        return root.at(pointer.substring(0, pointer.lastIndexOf('/'))).asObject();
    }

    private static String field(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
